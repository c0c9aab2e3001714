using System.Net.Sockets;
using System.Runtime;
using System.Text;
using RealtimeSessions.Benchmarks.Measure;

/// <summary>
/// Runs inside the server under test, before its own program, and answers questions about its memory over a Unix socket: a line each. The
/// runtime finds it by this name, outside of all namespaces.
/// </summary>
internal static class StartupHook
{
    /// <summary>Begins to listen, if the process was started to be asked.</summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Probe.Variable) is { } path)
        {
            var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            listener.Listen();
            new Thread(() => Answer(listener)) { IsBackground = true, Name = "probe" }.Start();
        }
    }

    private static void Answer(Socket listener)
    {
        while (true)
        {
            using var stream = new NetworkStream(listener.Accept(), ownsSocket: true);
            using var reader = new StreamReader(stream);
            while (reader.ReadLine() is { } question)
            {
                if (question == Probe.Collect)
                {
                    GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
                    GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                    GC.WaitForPendingFinalizers();
                    GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                }

                stream.Write(Encoding.ASCII.GetBytes(
                    $$"""{"allocated":{{GC.GetTotalAllocatedBytes(precise: true)}},"heap":{{GC.GetTotalMemory(forceFullCollection: false)}},"gen0":{{GC.CollectionCount(0)}},"gen1":{{GC.CollectionCount(1)}},"gen2":{{GC.CollectionCount(2)}},"workingSet":{{Environment.WorkingSet}}}"""
                    + "\n"));
            }
        }
    }
}
