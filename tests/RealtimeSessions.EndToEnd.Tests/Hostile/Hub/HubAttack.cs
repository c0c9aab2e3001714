using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Hostile.Run;

namespace RealtimeSessions.EndToEnd.Tests.Hostile.Hub;

/// <summary>Sends hostile calls over a connection that is made anew whenever one has ended it, and judges what comes of them.</summary>
internal sealed class HubAttack(Uri server, string token) : IAsyncDisposable
{
    private const string Probe = "probe";
    private static readonly HubMessage ProbeCall = new([.. System.Text.Encoding.UTF8.GetBytes(HubCases.Frame(Probe, "ListApplications", "{}")), 0x1E]);

    private readonly List<string> _problems = [];
    private HubWire? _wire;

    /// <summary>Plays a case.</summary>
    /// <returns>What became of it.</returns>
    /// <exception cref="HostileException">What must not.</exception>
    public async Task<string> PlayAsync(HubCase attack)
    {
        var outcome = attack.Handshake is null ? await CallAsync(attack) : await ShakeHandsAsync(attack.Handshake);
        lock (_problems)
        {
            return _problems.Count == 0 ? outcome : throw new HostileException(_problems[0]);
        }
    }

    public ValueTask DisposeAsync() => _wire?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<string> CallAsync(HubCase attack)
    {
        if (_wire is null || _wire.Closed.IsCompleted)
        {
            await DisposeAsync();
            _wire = await HubWire.ConnectAsync(server, token, Look);
        }

        var answers = attack.AnswerIds.Select(_wire.AnswerAsync).ToArray();
        var probed = attack.AnswerIds.Count == 0 ? _wire.AnswerAsync(Probe) : Task.FromResult(default(JsonElement));
        foreach (var message in attack.Messages)
        {
            await _wire.SendAsync(message);
        }

        if (attack.AnswerIds.Count > 0)
        {
            return HubVerdict.Of(await Task.WhenAll(answers));
        }

        // Twice: what has no end takes the first for its own.
        await _wire.SendAsync(ProbeCall);
        await _wire.SendAsync(ProbeCall);
        return (await probed).ValueKind == JsonValueKind.Undefined ? "closed" : "survived";
    }

    private async Task<string> ShakeHandsAsync(HubMessage handshake)
    {
        await using var wire = await HubWire.ConnectAsync(server, token, Look, handshake);
        var probed = wire.AnswerAsync(Probe);
        await wire.SendAsync(ProbeCall);
        await wire.SendAsync(ProbeCall);
        return (await probed).ValueKind == JsonValueKind.Undefined ? "closed" : "survived";
    }

    private void Look(string record)
    {
        if (Leaks.In(record) is { } leak)
        {
            lock (_problems)
            {
                _problems.Add(leak);
            }
        }
    }
}
