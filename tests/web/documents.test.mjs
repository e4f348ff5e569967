// A document is read in the page: all its pages, closer and farther, with words that can be found; in encrypted rooms on
// this device alone.
import assert from 'node:assert/strict';
import test from 'node:test';
import { pdf } from './lib/pdf.mjs';
import { World, register, waitFor } from './lib/world.mjs';

const kPages = Array.from({ length: 12 }, (_, index) => `Tides of month ${index + 1}`);

test('documents', async (t) => {
  const world = await World.open(t);
  const ann = await world.person('Ann', { account: await register(world.server, 'Ann') });
  const room = await world.room('Harbour', [ann.account]);
  const dialog = ann.page.getByRole('dialog');
  const pending = ann.page.getByRole('list', { name: ann.t('files.pending') });
  const share = async (called, name, buffer) => {
    await ann.chooseFiles(ann.button(ann.t('composer.attach')), [{ name, mimeType: 'application/pdf', buffer }]);
    await waitFor('the upload', async () => (await pending.getByRole('listitem').count()) === 1 && (await pending.getByRole('progressbar').count()) === 0);
    await ann.composer(called).press('Enter');
    await pending.waitFor({ state: 'detached' });
  };
  const look = async (name) => {
    await ann.page.getByRole('button', { name: new RegExp(`^${name}`) }).first().click();
    await dialog.waitFor();
  };
  const page = (n) => dialog.getByRole('region', { name: ann.t('preview.page', { page: n, pages: kPages.length }) });

  await world.step('its first page is there, drawn and with its words', async () => {
    await ann.enterRoom(room);
    await share('Harbour', 'tides.pdf', pdf(kPages));
    await look('tides.pdf');
    await page(1).getByText(kPages[0]).waitFor();
    const inked = () =>
      page(1).locator('canvas').evaluate((canvas) => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some((value, at) => at % 4 !== 3 && value < 60));
    await waitFor('the words to be drawn', inked);
  });

  await world.step('keys go to the end and closer; pages far away hold no picture', async () => {
    const document = dialog.getByRole('region', { name: 'tides.pdf' });
    await document.focus();
    await ann.page.keyboard.press('End');
    await page(12).getByText(kPages[11]).waitFor();
    await dialog.getByText(ann.t('preview.page', { page: 12, pages: 12 }), { exact: true }).waitFor();
    await waitFor('the first page to let go of its picture', async () => (await page(1).locator('canvas').count()) === 0);
    const width = async () => (await page(12).boundingBox()).width;
    const before = await width();
    await ann.page.keyboard.press('+');
    await waitFor('a larger page', async () => (await width()) > before * 1.1);
    await ann.page.keyboard.press('0');
    await waitFor('the page that fits', async () => Math.abs((await width()) - before) < 1);
    await ann.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  await world.step('one that is damaged says so and can be had', async () => {
    await share('Harbour', 'broken.pdf', Buffer.from('%PDF-1.4\nnothing of the sort'));
    await look('broken.pdf');
    await dialog.getByText(ann.t('preview.broken')).waitFor();
    await dialog.getByRole('button', { name: ann.t('files.get'), exact: true }).last().waitFor();
    await ann.page.keyboard.press('Escape');
  });

  await world.step('that of an encrypted room opens here alone', async () => {
    await ann.button('New room').first().click();
    await ann.field('Room name').fill('Vault');
    await ann.page.getByRole('checkbox', { name: ann.t('e2ee.room') }).check();
    await ann.button('Create').click();
    await ann.composer('Vault').waitFor();
    await share('Vault', 'plan.pdf', pdf(kPages));
    await look('plan.pdf');
    await page(1).getByText(kPages[0]).waitFor();
    assert.deepEqual(ann.errors, []);
  });
});
