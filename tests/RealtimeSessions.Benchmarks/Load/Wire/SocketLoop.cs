using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace RealtimeSessions.Benchmarks.Load.Wire;

/// <summary>
/// The one thread that reads all sockets. It asks Linux's epoll which of them have something and reads each once, so that a read costs hardly
/// more than its system call; the runtime's own way of waiting costs several times that.
/// </summary>
internal static class SocketLoop
{
    private const int Add = 1, Delete = 2, Readable = 1, WithoutWaiting = 0x40;
    private const int TryAgain = 11, Interrupted = 4;
    private const int MaximumEvents = 256;

    // An event is 32 bits of flags and 64 bits of data; the kernel packs them on x64 alone.
    private static readonly int DataPlace = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EventSize = DataPlace + sizeof(long);

    private static readonly int Epoll = Create(0);
    private static readonly ConcurrentDictionary<int, HubWire> Wires = new();

    static SocketLoop() => new Thread(Run) { IsBackground = true, Name = "socket loop" }.Start();

    /// <summary>Begins to read a socket.</summary>
    public static void Watch(int socket, HubWire wire)
    {
        Wires[socket] = wire;
        var registration = new byte[EventSize];
        registration[0] = Readable;
        BitConverter.TryWriteBytes(registration.AsSpan(DataPlace), (long)socket);
        Control(Epoll, Add, socket, registration);
    }

    /// <summary>Reads a socket no more, after what is being read.</summary>
    public static void Ignore(int socket)
    {
        Control(Epoll, Delete, socket, new byte[EventSize]);
        Wires.TryRemove(socket, out _);
    }

    /// <summary>Reads what there is.</summary>
    /// <returns>The bytes read; 0 at the end of the connection; null if there is nothing now.</returns>
    public static int? Read(int socket, Span<byte> buffer)
    {
        var read = (int)Receive(socket, ref MemoryMarshal.GetReference(buffer), buffer.Length, WithoutWaiting);
        return read >= 0 ? read : Marshal.GetLastPInvokeError() is TryAgain or Interrupted ? null : 0;
    }

    private static void Run()
    {
        var events = new byte[MaximumEvents * EventSize];
        while (true)
        {
            var count = Wait(Epoll, events, MaximumEvents, timeout: -1);
            for (var i = 0; i < count; i++)
            {
                if (Wires.TryGetValue((int)BitConverter.ToInt64(events, (i * EventSize) + DataPlace), out var wire))
                {
                    wire.Receive();
                }
            }
        }
    }

    [DllImport("libc", EntryPoint = "epoll_create1")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Create(int flags);

    [DllImport("libc", EntryPoint = "epoll_ctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int epoll, int operation, int socket, byte[] registration);

    [DllImport("libc", EntryPoint = "epoll_wait")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Wait(int epoll, [In, Out] byte[] events, int maximum, int timeout);

    [DllImport("libc", EntryPoint = "recv", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Receive(int socket, ref byte buffer, nint length, int flags);
}
