using System.Runtime.InteropServices;

namespace RealtimeSessions.Testing;

/// <summary>Signals to processes.</summary>
public static class UnixSignal
{
    private const int TerminateSignal = 15;

    /// <summary>Asks a process to stop, as Ctrl-C does, which a process in the background may have been told to ignore.</summary>
    /// <exception cref="InvalidOperationException">It takes no signals.</exception>
    public static void Terminate(int process)
    {
        if (Kill(process, TerminateSignal) != 0)
        {
            throw new InvalidOperationException($"Process {process} takes no signals.");
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
