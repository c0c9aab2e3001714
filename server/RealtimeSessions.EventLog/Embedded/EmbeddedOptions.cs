namespace RealtimeSessions.EventLog.Embedded;

/// <summary>Settings of the embedded engine.</summary>
public sealed class EmbeddedOptions
{
    /// <summary>
    /// The directory of the database, made if it is not there. Relative paths start at the process's working directory. One process at a time.
    /// Default <c>data</c>.
    /// </summary>
    public string Directory { get; set; } = "data";

    /// <summary>What an acknowledged append survives. Default <see cref="EmbeddedDurability.Process"/>.</summary>
    public EmbeddedDurability Durability { get; set; } = EmbeddedDurability.Process;
}

/// <summary>What an acknowledged append survives.</summary>
public enum EmbeddedDurability
{
    /// <summary>A crash or <c>kill -9</c> of the process. After a power cut the last seconds may be missing; the database stays sound.</summary>
    Process,

    /// <summary>Also a power cut: every commit waits for the disk.</summary>
    Full,
}
