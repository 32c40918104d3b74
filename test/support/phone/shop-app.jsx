// A small app, as its makers would write it: what tests of the mobile SDK record. `config` comes from the phone.
import { useState } from 'react';
import { AppRegistry, Image, Pressable, ScrollView, Text, TextInput, View } from 'react-native';
import { Block, Ignore, init, Mask, Unmask } from '../../../sdk/react-native/src/index.ts';

/** The least of a navigator: what React Navigation's container ref offers. */
const listeners = new Set();
let routes = [{ name: 'Home', params: undefined }];
const navigation = {
  getRootState: () => ({ index: routes.length - 1, routes }),
  addListener(_type, listener) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};
const go = (next) => {
  routes = next;
  for (const listener of listeners) listener();
};

globalThis.recorder = init({ ...config, navigation });

function Home({ open }) {
  const [answer, setAnswer] = useState('');
  const [count, setCount] = useState(0);
  const pay = async () => {
    setCount(count + 1);
    console.log('paying for anna@example.com');
    const response = await fetch(`${config.api}/orders?customer=SECRETquery`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer SECRETtoken12345' },
      body: JSON.stringify({ card: 'SECRETbody' }),
    });
    const data = await response.json();
    setAnswer(data.message);
  };
  return (
    <View style={{ flex: 1, backgroundColor: '#fafafa', padding: 16, gap: 12 }}>
      <Unmask>
        <Text style={{ fontSize: 24, fontWeight: '700', color: '#202020' }}>Shop</Text>
      </Unmask>
      <Text testID="greeting">Hello SECRETname</Text>
      <View style={{ flexDirection: 'row', alignItems: 'center', gap: 8 }}>
        <Image
          source={{ uri: 'https://cdn.test/SECRETpicture.png' }}
          alt="SECRETalt"
          style={{ width: 64, height: 64, borderRadius: 8 }}
        />
        <Text>Cup, {count} in the cart</Text>
      </View>
      <TextInput testID="search" placeholder="SECREThint" defaultValue="SECRETvalue" style={{ height: 36 }} />
      <Pressable
        testID="pay"
        accessibilityLabel="Pay"
        onPress={() => void pay().catch((error) => setAnswer(error.message))}
        style={{
          height: 44,
          backgroundColor: '#0a60d0',
          borderRadius: 8,
          alignItems: 'center',
          justifyContent: 'center',
        }}
      >
        <Text style={{ color: 'white', fontSize: 16 }}>Pay now</Text>
      </Pressable>
      <Text testID="answer" style={{ color: 'rgb(180, 0, 0)' }}>
        {answer}
      </Text>
      <Pressable testID="open" role="link" onPress={() => open('SECRETid')}>
        <Unmask>
          <Text>
            Order <Mask>SECRETorder</Mask>
          </Text>
        </Unmask>
      </Pressable>
      <Block>
        <View testID="blocked" style={{ height: 40 }}>
          <Text>SECRETblocked</Text>
        </View>
      </Block>
      <Ignore>
        <Pressable testID="pin" style={{ height: 30 }} onPress={() => setAnswer('pin')}>
          <Text>SECRETpin</Text>
        </Pressable>
      </Ignore>
      <ScrollView testID="list" style={{ flex: 1, borderWidth: 2, borderColor: '#888888' }}>
        {Array.from({ length: 30 }, (_, i) => (
          <View key={String(i)} style={{ height: 40, borderBottomWidth: 1, borderBottomColor: '#cccccc' }}>
            <Unmask>
              <Text testID={`row-${i}`}>Row {i}</Text>
            </Unmask>
          </View>
        ))}
      </ScrollView>
    </View>
  );
}

function Details({ back }) {
  return (
    <View style={{ flex: 1, padding: 16 }}>
      <Unmask>
        <Text testID="details">Details</Text>
      </Unmask>
      <Pressable
        testID="back"
        accessibilityRole="button"
        accessibilityLabel="Back"
        style={{ height: 44 }}
        onPress={back}
      >
        <Text>Back</Text>
      </Pressable>
    </View>
  );
}

function App() {
  const [id, setId] = useState();
  const show = (next) => {
    setId(next);
    go(next ? [...routes.slice(0, 1), { name: 'Order', params: { id: next } }] : routes.slice(0, 1));
  };
  return id ? <Details back={() => show(undefined)} /> : <Home open={show} />;
}

AppRegistry.registerComponent('shop', () => App);
AppRegistry.runApplication('shop', { rootTag: 1, initialProps: {} });
