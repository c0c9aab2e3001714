using System.Globalization;

namespace RealtimeSessions.LoadTester.Commands;

/// <summary>Whether the system lets one process have as many connections as were asked for.</summary>
internal static class SystemLimits
{
    // Files, pipes and sockets that a process has besides.
    private const int Others = 200;
    private const string LimitsFile = "/proc/self/limits";
    private const string PortsFile = "/proc/sys/net/ipv4/ip_local_port_range";

    /// <summary>Looks before the run, where the system tells.</summary>
    /// <exception cref="LoadException">It does not; the message says what to do.</exception>
    public static void Check(int connections)
    {
        if (File.Exists(LimitsFile))
        {
            Check(connections, File.ReadAllLines(LimitsFile), File.Exists(PortsFile) ? File.ReadAllText(PortsFile) : "");
        }
    }

    /// <summary>Judges what the system tells.</summary>
    /// <param name="connections">How many connections there are to be.</param>
    /// <param name="limits">The lines of <c>/proc/self/limits</c>.</param>
    /// <param name="ports">What <c>ip_local_port_range</c> holds: the first and the last port.</param>
    public static void Check(int connections, IEnumerable<string> limits, string ports)
    {
        // The runtime has raised the soft limit to the hard one already.
        var line = limits.FirstOrDefault(one => one.StartsWith("Max open files", StringComparison.Ordinal)) ?? "";
        if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [.., _, var hard, _] && Number(hard) is { } files && connections + Others > files)
        {
            throw new LoadException(string.Create(
                CultureInfo.InvariantCulture,
                $"{connections:N0} connections need {connections + Others:N0} open files, and this process may have {files:N0}. Raise the limit before (ulimit -n {connections + Others}; as root, or LimitNOFILE= of the service), or ask for fewer --connections."));
        }

        if (ports.Split((char[])['\t', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries) is [var first, var last]
            && Number(last) - Number(first) + 1 is { } count
            && connections > count)
        {
            throw new LoadException(string.Create(
                CultureInfo.InvariantCulture,
                $"{connections:N0} connections with one server need as many ports, and this machine gives {count:N0} away. Widen the range (sysctl net.ipv4.ip_local_port_range=\"1024 65535\"), or run the tester on several machines."));
        }
    }

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
