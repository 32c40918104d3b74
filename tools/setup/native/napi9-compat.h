// Included ahead of every C++ file of better-sqlite3 when it is compiled for a host that stops at Node-API 9.
//
// better-sqlite3 13 keeps strings in references (Napi::Reference<Napi::String>). Node-API 9 lets a reference point only at
// an object, a function, an external or a symbol; 10 lifted that, and it is the only thing of 10 that better-sqlite3 uses.
// So here a reference to any other value points at a box instead: an array whose element 0 is the value.
//
// A reference is an opaque pointer to a heap object of the host, hence aligned, hence its lowest bit is free: it is set on
// references to boxes, so that ordinary ones (also those from napi_wrap) pass through untouched and cost one test.
//
// Like in Node-API 10, a primitive whose count has fallen to zero may be gone: the value is then NULL.
#ifndef TRACEFLOW_NAPI9_COMPAT_H
#define TRACEFLOW_NAPI9_COMPAT_H
#ifdef __cplusplus

#if NAPI_VERSION != 9
#error "compile with -UNAPI_VERSION -DNAPI_VERSION=9: the host refuses a module that asks for more"
#endif

#include <cstdint>
#include <node_api.h>

namespace boxed_reference {

constexpr std::uintptr_t kBoxBit = 1;

inline std::uintptr_t bits(napi_ref ref) { return reinterpret_cast<std::uintptr_t>(ref); }
inline napi_ref pointer(std::uintptr_t value) { return reinterpret_cast<napi_ref>(value); }

inline bool is_box(napi_ref ref) { return (bits(ref) & kBoxBit) != 0; }
inline napi_ref host_reference(napi_ref ref) { return pointer(bits(ref) & ~kBoxBit); }

inline bool host_can_refer_to(napi_valuetype type) {
  return type == napi_object || type == napi_function || type == napi_external || type == napi_symbol;
}

inline napi_status create(napi_env env, napi_value value, std::uint32_t count, napi_ref* result) {
  napi_valuetype type;
  napi_status status = napi_typeof(env, value, &type);
  if (status != napi_ok) return status;
  if (host_can_refer_to(type)) return napi_create_reference(env, value, count, result);

  napi_value box;
  status = napi_create_array_with_length(env, 1, &box);
  if (status == napi_ok) status = napi_set_element(env, box, 0, value);
  if (status != napi_ok) return status;

  napi_ref ref;
  status = napi_create_reference(env, box, count, &ref);
  if (status == napi_ok) *result = pointer(bits(ref) | kBoxBit);
  return status;
}

inline napi_status value(napi_env env, napi_ref ref, napi_value* result) {
  if (!is_box(ref)) return napi_get_reference_value(env, ref, result);
  napi_value box;
  const napi_status status = napi_get_reference_value(env, host_reference(ref), &box);
  if (status != napi_ok) return status;
  if (box == nullptr) {
    *result = nullptr;
    return napi_ok;
  }
  return napi_get_element(env, box, 0, result);
}

inline napi_status remove(napi_env env, napi_ref ref) { return napi_delete_reference(env, host_reference(ref)); }

inline napi_status hold(napi_env env, napi_ref ref, std::uint32_t* count) {
  return napi_reference_ref(env, host_reference(ref), count);
}

inline napi_status release(napi_env env, napi_ref ref, std::uint32_t* count) {
  return napi_reference_unref(env, host_reference(ref), count);
}

}  // namespace boxed_reference

// After the functions above, which call the host's own: from here on the names mean ours.
#define napi_create_reference boxed_reference::create
#define napi_get_reference_value boxed_reference::value
#define napi_delete_reference boxed_reference::remove
#define napi_reference_ref boxed_reference::hold
#define napi_reference_unref boxed_reference::release

#endif
#endif
