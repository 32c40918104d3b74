/** A page of about 50,000 nodes: 5,000 rows of three cells with a word each, and text between them. */
export const LARGE_PAGE = `<table><tbody id="rows"></tbody></table><script>
  document.getElementById('rows').innerHTML = Array.from({ length: 5000 }, (_, i) =>
    '<tr class="row" data-id="' + i + '"><td>' + i + '</td><td class="name">name ' + i + '</td><td><a href="/item/' + i +
    '">open <b>it</b></a></td></tr>').join('');
</script>`;
