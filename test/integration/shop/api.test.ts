import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Cart, Order, Product, SearchAnswer } from '../../fixtures/shop/api-types.ts';
import type { Fault } from '../../fixtures/shop/faults.ts';
import { type Shop, startShop, startUrl } from '../../fixtures/shop/start.ts';
import { WISHES } from '../../support/shop-visitor.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop({ sdk: null, slowPayMs: 50, broadSearchQuietMs: 100 });
});
afterAll(() => shop.close());

/** A visitor without a browser. */
async function visit(fault: Fault | null, seed = 1) {
  const start = await fetch(startUrl(shop.url, fault, seed), { redirect: 'manual' });
  const cookie = start.headers.get('set-cookie')?.split(';')[0] ?? '';
  const call = async <T>(method: string, path: string, body?: unknown): Promise<{ status: number; json: T }> => {
    const init: RequestInit = { method, headers: { cookie } };
    if (body !== undefined) init.body = JSON.stringify(body);
    const response = await fetch(shop.url + path, init);
    return { status: response.status, json: (await response.json()) as T };
  };
  return {
    start,
    get: <T>(path: string) => call<T>('GET', path),
    post: <T>(path: string, body: unknown) => call<T>('POST', path, body),
    remove: <T>(path: string) => call<T>('DELETE', path),
  };
}

const ADDRESS = { name: 'A', email: 'a@b.test', street: 'S 1', postcode: '1', city: 'C', country: 'D', card: '4' };

test('a visit begins with a redirect that leaves no trace of its fault', async () => {
  const { start } = await visit('pay-500');
  expect(start.status).toBe(302);
  expect(start.headers.get('location')).toBe('/');
  expect(start.headers.get('set-cookie')).toMatch(/^visit=[0-9a-f-]{36}; Path=\/; HttpOnly/);
});

test('forty products with pictures of their own, found by shelf, id and search', async () => {
  const { get } = await visit(null);
  const { items } = (await get<{ items: Product[] }>('/api/products')).json;
  expect(items).toHaveLength(40);
  expect(new Set(items.map((item) => item.id)).size).toBe(40);
  expect(items.every((item) => item.image.startsWith('data:image/svg+xml,'))).toBe(true);
  expect((await get<{ items: Product[] }>('/api/products?category=Light')).json.items).toHaveLength(6);
  expect((await get<Product>('/api/products/olive-plant')).json.name).toBe('Olive plant');
  expect((await get('/api/products/nothing')).status).toBe(404);
});

test.each(WISHES)(
  'the list for the first letters of "$word" lacks $product, the list for the word has it',
  async (wish) => {
    const { get } = await visit(null);
    const ids = async (query: string) =>
      (await get<SearchAnswer>(`/api/search?q=${query}`)).json.items.map((item) => item.id);
    expect(await ids(wish.word)).toContain(wish.product);
    expect(await ids(wish.word.slice(0, 1))).not.toContain(wish.product);
  },
);

test('cart, order and account of one visit are not those of another', async () => {
  const [one, other] = [await visit(null), await visit(null)];
  await one.post('/api/cart/lines', { product: 'moss-mug' });
  await one.post('/api/cart/lines', { product: 'moss-mug' });
  await one.post('/api/cart/lines', { product: 'wall-clock' });
  await one.remove('/api/cart/lines/wall-clock');
  expect((await one.get<Cart>('/api/cart')).json).toMatchObject({ total: 3600, lines: [{ quantity: 2 }] });
  expect((await other.get<Cart>('/api/cart')).json).toEqual({ lines: [], total: 0 });
  expect((await one.post('/api/orders', { ...ADDRESS, city: '' })).status).toBe(422);
  const order = (await one.post<Order>('/api/orders', ADDRESS)).json;
  expect(order).toMatchObject({ total: 3600, items: 2 });
  expect((await one.post<Order>('/api/orders', ADDRESS)).json).toEqual(order);
  expect((await one.get<{ orders: Order[] }>('/api/orders')).json.orders).toEqual([order]);
  expect((await one.post('/api/login', { email: 'ann@b.test', password: 'x' })).status).toBe(401);
  expect((await one.post('/api/login', { email: 'ann@b.test', password: 'long enough' })).json).toEqual({
    name: 'ann',
  });
  expect((await other.get('/api/visit')).json).toMatchObject({ name: null, cartCount: 0 });
});

test('ordinary noise: a dead collector, and recommendations that are ready the second time', async () => {
  const { get, post } = await visit(null);
  expect((await post('/metrics/page', {})).status).toBe(404);
  expect((await get('/api/recommendations')).status).toBe(503);
  expect((await get('/api/recommendations')).status).toBe(200);
  expect((await get('/api/recommendations')).status).toBe(200);
});

test('a visit with a failing order service gets 500 and keeps its cart', async () => {
  const { get, post } = await visit('pay-500');
  await post('/api/cart/lines', { product: 'moss-mug' });
  expect((await post('/api/orders', ADDRESS)).status).toBe(500);
  expect((await get<Cart>('/api/cart')).json.lines).toHaveLength(1);
});

test.each([0, 1, 2])('a visit with a changed cart answers 200 in another shape (seed %i)', async (seed) => {
  const { get, post } = await visit('shape-change', seed);
  await post('/api/cart/lines', { product: 'moss-mug' });
  // For every other visitor the change comes in the middle of the visit.
  if (seed % 2 === 0) expect((await get<Cart>('/api/cart')).json.lines[0]?.product.id).toBe('moss-mug');
  const { status, json } = await get<Partial<Cart>>('/api/cart');
  expect(status).toBe(200);
  expect(json.lines?.[0]?.product).toBeUndefined();
});

test('a visit with a slow broad search gets the answer for one letter after the one for the word', async () => {
  const { get } = await visit('stale-search');
  const arrived: string[] = [];
  await Promise.all(
    ['l', 'lan', 'lante', 'lantern'].map((query) => get(`/api/search?q=${query}`).then(() => arrived.push(query))),
  );
  expect(arrived.slice(2)).toEqual(['lan', 'l']);
});

test('a slow order is placed once, however often it is sent', async () => {
  const { get, post } = await visit('slow-pay');
  await post('/api/cart/lines', { product: 'moss-mug' });
  const answers = await Promise.all([1, 2, 3].map(() => post<Order>('/api/orders', ADDRESS)));
  expect(new Set(answers.map(({ json }) => json.number)).size).toBe(1);
  expect((await get<{ orders: Order[] }>('/api/orders')).json.orders).toHaveLength(1);
});
