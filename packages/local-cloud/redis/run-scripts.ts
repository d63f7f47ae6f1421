import { type LuaState, lauxlib, lua, lualib, to_luastring } from 'fengari'
import {
  pushArray,
  pushReply,
  pushString,
  pushTagged,
  readArguments,
  readField,
  readReply,
  readString,
} from './lua-values.ts'
import { RedisError, type Reply } from './reply.ts'
import { scriptDigest, withoutShebang } from './script-source.ts'

/** A script that runs longer blocks everyone; Redis would answer BUSY. */
const MAX_INSTRUCTIONS = 20_000_000
const MAX_SCRIPTS = 500

/** Gives each run its own globals, refused when unknown, as Redis does; `unpack` is Lua 5.1's name. */
const PRELUDE = `
unpack = table.unpack
dofile, loadfile, load, require, print = nil
function redis.error_reply(text) return { err = text } end
function redis.status_reply(text) return { ok = text } end
local globals = _ENV
local guard = {
  __index = function(_, name)
    local value = globals[name]
    if value == nil then error("Script attempted to access nonexistent global variable '" .. tostring(name) .. "'", 2) end
    return value
  end,
  __newindex = function(_, name) error("Attempt to modify a readonly table: " .. tostring(name), 2) end,
}
return function(keys, argv) return setmetatable({ KEYS = keys, ARGV = argv }, guard) end`

/**
 * Runs EVAL scripts in one Lua state and keeps the compiled ones by their digest.
 * Lua is 5.3 here and 5.1 in Redis: a float with a whole value prints as `5.0` under `..` and `tostring`, and
 * arithmetic on two integers wraps at 2^31. Arguments and results of `redis.call` are not affected.
 */
export class ScriptEngine {
  private readonly state: LuaState = lauxlib.luaL_newstate()
  private readonly compiled = new Map<string, number>()
  private readonly environment: number
  private readonly call: (argv: string[]) => Reply

  /** @param call runs one command for a script */
  constructor(call: (argv: string[]) => Reply) {
    this.call = call
    const open = { _G: lualib.luaopen_base, string: lualib.luaopen_string, table: lualib.luaopen_table }
    for (const [name, library] of Object.entries({ ...open, math: lualib.luaopen_math })) {
      lauxlib.luaL_requiref(this.state, to_luastring(name), library, true)
    }
    lua.lua_createtable(this.state, 0, 5)
    this.provide('call', (state) => this.callCommand(state, true))
    this.provide('pcall', (state) => this.callCommand(state, false))
    this.provide('sha1hex', (state) => {
      pushString(state, scriptDigest(readString(state, 1)))
      return 1
    })
    lua.lua_setglobal(this.state, to_luastring('redis'))
    this.compile(PRELUDE)
    lua.lua_pcall(this.state, 0, 1, 0)
    this.environment = lauxlib.luaL_ref(this.state, lua.LUA_REGISTRYINDEX)
    lua.lua_settop(this.state, 0)
  }

  /** Compiles and keeps a script. @returns its digest, that of the text as it was sent */
  load(script: string): string {
    const digest = scriptDigest(script)
    if (this.compiled.has(digest)) return digest
    this.compile(withoutShebang(script))
    this.compiled.set(digest, lauxlib.luaL_ref(this.state, lua.LUA_REGISTRYINDEX))
    const [oldest] = this.compiled.keys()
    if (this.compiled.size > MAX_SCRIPTS && oldest !== undefined) this.forget(oldest)
    return digest
  }

  has(digest: string): boolean {
    return this.compiled.has(digest)
  }

  flush(): void {
    for (const digest of this.compiled.keys()) this.forget(digest)
  }

  run(digest: string, keys: string[], args: string[]): Reply {
    const reference = this.compiled.get(digest)
    if (reference === undefined) throw new RedisError('NOSCRIPT No matching script. Please use EVAL.')
    const { state } = this
    lua.lua_settop(state, 0)
    lua.lua_rawgeti(state, lua.LUA_REGISTRYINDEX, reference)
    lua.lua_rawgeti(state, lua.LUA_REGISTRYINDEX, this.environment)
    for (const list of [keys, args]) pushArray(state, list, (text) => pushString(state, text))
    lua.lua_pcall(state, 2, 1, 0)
    lua.lua_setupvalue(state, 1, 1)
    lua.lua_sethook(state, tooLong, lua.LUA_MASKCOUNT, MAX_INSTRUCTIONS)
    try {
      if (lua.lua_pcall(state, 0, 1, 0) !== lua.LUA_OK) throw this.failure()
      return readReply(state, 1)
    } finally {
      lua.lua_settop(state, 0)
    }
  }

  private compile(source: string): void {
    const bytes = to_luastring(source)
    if (lauxlib.luaL_loadbuffer(this.state, bytes, bytes.length, to_luastring('@user_script')) === lua.LUA_OK)
      return
    const message = readString(this.state, -1)
    lua.lua_settop(this.state, 0)
    throw new RedisError(`ERR Error compiling script (new function): ${message}`)
  }

  private forget(digest: string): void {
    lauxlib.luaL_unref(this.state, lua.LUA_REGISTRYINDEX, this.compiled.get(digest) ?? 0)
    this.compiled.delete(digest)
  }

  private provide(name: string, run: (state: LuaState) => number): void {
    lua.lua_pushcfunction(this.state, run)
    lua.lua_setfield(this.state, -2, to_luastring(name))
  }

  /** `redis.call` raises a command's error in the script, `redis.pcall` hands it over. */
  private callCommand(state: LuaState, raise: boolean): number {
    const reply = this.attempt(state)
    if (!(reply instanceof RedisError)) pushReply(state, reply)
    else {
      pushTagged(state, 'err', reply.message)
      if (raise) return lua.lua_error(state)
    }
    return 1
  }

  private attempt(state: LuaState): Reply | RedisError {
    try {
      const argv = readArguments(state)
      if (argv.length === 0)
        throw new RedisError('ERR Please specify at least one argument for this redis.call() call')
      return this.call(argv)
    } catch (error) {
      if (error instanceof RedisError) return error
      throw error
    }
  }

  /** The error on top of the stack: a command's own, or a Lua message. */
  private failure(): RedisError {
    const top = lua.lua_gettop(this.state)
    if (lua.lua_type(this.state, top) !== lua.LUA_TTABLE)
      return new RedisError(`ERR ${readString(this.state, top)}`)
    return new RedisError(readField(this.state, top, 'err') ?? 'ERR unknown error')
  }
}

function tooLong(state: LuaState): never {
  return lauxlib.luaL_error(state, to_luastring('Script ran too long'))
}
