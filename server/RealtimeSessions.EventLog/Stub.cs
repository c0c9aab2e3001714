#pragma warning disable
using Microsoft.Extensions.Logging;
namespace RealtimeSessions.EventLog.Embedded { public enum EmbeddedDurability { Process, Full } public sealed class EmbeddedOptions { public string Directory {get;set;} = ""; public EmbeddedDurability Durability {get;set;} }
public static class EmbeddedEngine { public static Task<IStorageEngine> OpenAsync(EmbeddedOptions o, LogOptions l, TimeProvider t, ILoggerFactory f) => throw new Exception(); } }
