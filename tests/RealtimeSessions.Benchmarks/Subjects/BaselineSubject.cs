using RealtimeSessions.Benchmarks.Baseline;
using RealtimeSessions.Benchmarks.Load.Dialects;
using RealtimeSessions.Benchmarks.Measure;

namespace RealtimeSessions.Benchmarks.Subjects;

/// <summary>A baseline's process.</summary>
internal sealed class BaselineSubject : Subject
{
    private readonly RoleProcess _process;
    private Uri? _address;

    private BaselineSubject(string kind, Probe probe)
        : base(kind, BareDialect.Name, probe) =>
        // The collector is what an ASP.NET Core application has that sets nothing; this program itself is none.
        _process = new RoleProcess(probe.Settings.Add("DOTNET_gcServer", "1"), BaselineServer.Role, kind);

    public override Uri Address => _address!;

    public override int ServerId => _process.Id;

    /// <summary>Starts a baseline.</summary>
    /// <param name="kind">Which: <see cref="BaselineServer.Bare"/>.</param>
    public static async Task<BaselineSubject> StartAsync(string kind)
    {
        var subject = new BaselineSubject(kind, new Probe());
        subject._address = new Uri(await subject._process.ReadLineAsync());
        return subject;
    }

    public override async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Probe.Dispose();
    }
}
