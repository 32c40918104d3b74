// The peer of the start bench: the least an Electron app can do before a person sees a window.
const { app, BrowserWindow } = require('electron');

app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1440, height: 900, show: false });
  window.once('ready-to-show', () => {
    window.show();
    console.log('usable');
  });
  window.loadURL('data:text/html,<!doctype html><title>empty</title>');
});
app.on('window-all-closed', () => app.quit());
