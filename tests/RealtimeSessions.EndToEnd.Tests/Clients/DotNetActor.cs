using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RealtimeSessions.Client;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.EndToEnd.Tests.Clients;

/// <summary>The .NET client.</summary>
internal sealed class DotNetActor(string name) : Actor(name)
{
    private readonly Lock _lock = new();
    private readonly List<Rune> _text = [];
    private readonly List<string> _failures = [];
    private RealtimeClient _client = null!;
    private LiveSession _session = null!;
    private string? _disorder;
    private long _last;
    private int _events;
    private int _resets;

    public override Task OpenAsync(Uri url, string token, RealtimeProtocol protocol)
    {
        _client = new RealtimeClient(new() { Url = url, AccessToken = _ => Task.FromResult(token), Protocol = protocol });
        return _client.ConnectAsync();
    }

    public override async Task JoinAsync(SessionRef session)
    {
        _text.Clear();
        _failures.Clear();
        (_disorder, _events, _resets) = (null, 0, 0);
        _session = await _client.JoinSessionAsync(SessionRef.ApplicationId, session.SessionId);
        _last = _session.Position.Sequence;
        _session.OnEvent(Hear);
        _session.OnReset(position => Locked(() => (_resets, _last) = (_resets + 1, position.Sequence)));
        _session.OnRefused(refused => Locked(() => _failures.Add(refused.Error.ToString())));
    }

    public override async Task<long> CallAsync(string method, JsonObject argument)
    {
        var data = JsonTree.From(argument["data"]);
        var made = method == "PatchSessionData" ? _session.PatchAsync(data) : _session.SendEventAsync(argument["name"]!.GetValue<string>(), data);
        return (await made).Position.Sequence;
    }

    public override Task<JsonNode> PatchAsync(JsonObject patch)
    {
        _ = _session.PatchAsync(patch);
        return Task.FromResult(Node(_session.Data));
    }

    public override Task UndoAsync()
    {
        _ = _session.UndoAsync();
        return Task.CompletedTask;
    }

    public override Task<ActorView> ViewAsync()
    {
        lock (_lock)
        {
            var text = Encoding.UTF8.GetBytes(string.Concat(_text));
            return Task.FromResult(new ActorView(
                Node(_session.Data), Node(_session.ConfirmedData), _session.SyncStatus.ToString().ToLowerInvariant(), _last, _session.PendingChanges,
                _events, _resets, _disorder, [.. _failures], _text.Count, Convert.ToHexString(SHA256.HashData(text)).ToLowerInvariant()));
        }
    }

    public override Task LeaveAsync() => _session.LeaveAsync();

    public override ValueTask DisposeAsync() => _client.DisposeAsync();

    private void Hear(SessionEvent next) => Locked(() =>
    {
        _events++;
        _disorder ??= next.Sequence == _last + 1 ? null : $"{next.Sequence} after {_last}";
        _last = next.Sequence;
        if (next is SessionEventCreated { Name: "edit", Data: { } data })
        {
            using var edit = JsonDocument.Parse(data.ToUtf8Bytes());
            var p = edit.RootElement.GetProperty("p");
            _text.RemoveRange(p[0].GetInt32(), p[1].GetInt32());
            _text.InsertRange(p[0].GetInt32(), p[2].GetString()!.EnumerateRunes());
        }
    });

    private void Locked(Action step)
    {
        lock (_lock)
        {
            step();
        }
    }

    private static JsonNode Node(JsonTree tree) => JsonNode.Parse(tree.ToString())!;
}
