using System.Runtime.InteropServices;

namespace RealtimeSessions.LoadTester.Commands;

/// <summary>Ctrl-C, or being asked to stop: the first time the run ends with the report so far, the second time the process ends at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _asked = new();
    private readonly PosixSignalRegistration[] _signals;

    public Interruption() => _signals =
        [PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal), PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal)];

    /// <summary>Cancelled when the run is to end.</summary>
    public CancellationToken Asked => _asked.Token;

    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }

        _asked.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        if (!_asked.IsCancellationRequested)
        {
            context.Cancel = true;
            _asked.Cancel();
        }
    }
}
