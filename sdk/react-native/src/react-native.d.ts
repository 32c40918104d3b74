// What is touched is told nowhere else before the app's own handlers run.
declare module 'react-native/Libraries/Core/RawEventEmitter' {
  /** Tells of each native event before React hands it on. React Native says that it is for measuring. */
  const events: {
    addListener(name: string, listener: (event: { readonly nativeEvent: unknown }) => void): { remove(): void };
  };
  export default events;
}
