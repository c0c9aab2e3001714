using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Hostile.Generation;
using RealtimeSessions.EndToEnd.Tests.Hostile.Run;

namespace RealtimeSessions.EndToEnd.Tests.Hostile.Hub;

/// <summary>Sends hostile calls over a connection that is made anew whenever one has ended it, and judges what comes of them.</summary>
internal sealed class HubAttack(Uri server, string token) : IAsyncDisposable
{
    private static readonly TimeSpan DeafAfter = TimeSpan.FromSeconds(1);

    private readonly List<string> _problems = [];
    private HubWire? _wire;
    private int _probes;

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
        foreach (var message in attack.Messages)
        {
            await _wire.SendAsync(message);
        }

        if (answers.Length > 0)
        {
            return HubVerdict.Of(await Task.WhenAll(answers));
        }

        var isAlive = ProbeAsync(_wire);
        if (attack.Messages.Any(message => message.IsOfUnknownType) && await Task.WhenAny(isAlive, Task.Delay(DeafAfter)) != isAlive)
        {
            await DisposeAsync();
            await isAlive;
            return "deaf";
        }

        return await isAlive ? "survived" : "closed";
    }

    private async Task<string> ShakeHandsAsync(HubMessage handshake)
    {
        await using var wire = await HubWire.ConnectAsync(server, token, Look, handshake);
        return await ProbeAsync(wire) ? "survived" : "closed";
    }

    /// <summary>Whether calls are answered still.</summary>
    private async Task<bool> ProbeAsync(HubWire wire)
    {
        var id = $"probe-{++_probes}";
        var probe = new HubMessage(RawText.Encode(HubCases.Frame(id, "ListApplications", "{}") + HubCases.End));
        var answer = wire.AnswerAsync(id);
        // Twice: what has no end takes the first for its own.
        await wire.SendAsync(probe);
        await wire.SendAsync(probe);
        return (await answer).ValueKind != JsonValueKind.Undefined;
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
