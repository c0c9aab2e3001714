using System.Diagnostics.Metrics;

namespace RealtimeSessions.Server.Tests.Support;

/// <summary>Makes meters that end with whoever asked for them.</summary>
internal sealed class Meters : IMeterFactory
{
    public Meter Create(MeterOptions options) => new(options);

    public void Dispose()
    {
    }
}
