/** A page of about 4,500 elements: a table of 500 rows whose cells can be changed, and a form. */
export const TABLE_PAGE = `<table><tbody id="rows"></tbody></table><form><input id="name"><select id="kind"><option>a<option>b</select></form>
<script>
  const words = 'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu'.split(' ');
  let state = 7;
  const random = (n) => { state = (state * 1103515245 + 12345) & 0x7fffffff; return state % n; };
  const cell = () => words[random(12)] + ' ' + random(10000);
  document.getElementById('rows').innerHTML = Array.from({ length: 500 }, (_, i) =>
    '<tr class="row" data-id="' + i + '"><td>' + i + '</td><td class="name">' + cell() + '</td><td><span class="state">' + words[random(12)] +
    '</span></td><td>' + random(1000) + '</td><td><button class="more">More</button></td></tr>').join('');
  const rows = document.getElementById('rows');
  /** What an application does all day: text, classes, rows that come, go and move, a field. */
  window.act = () => {
    const row = rows.children[random(rows.children.length)];
    const kind = random(10);
    if (kind < 5) row.children[1].textContent = cell();
    else if (kind < 7) row.classList.toggle('selected');
    else if (kind < 8) rows.append(row.cloneNode(true));
    else if (kind < 9 && rows.children.length > 400) row.remove();
    else rows.insertBefore(row, rows.firstChild);
    document.getElementById('name').value = cell();
  };
</script>`;
