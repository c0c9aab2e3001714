using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using RealtimeSessions.Client;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.EndToEnd.Tests.JavaScript;

namespace RealtimeSessions.EndToEnd.Tests.Clients;

/// <summary>Clients of the TypeScript library in one process of Node.js.</summary>
internal sealed class NodeActors : IAsyncDisposable
{
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode?>> _waiting = new();
    private readonly Process _process;
    private readonly Task _reading;
    private readonly Task<string> _errors;
    private int _calls;

    public NodeActors()
    {
        Node.Package("typescript", "dist/index.js");
        _process = Process.Start(new ProcessStartInfo("node", Path.Combine(Node.Folder, "actors.mjs"))
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        _errors = _process.StandardError.ReadToEndAsync();
        _reading = ReadAsync();
    }

    /// <summary>One more client.</summary>
    public Actor Add(string name) => new NodeActor(this, name);

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        await _reading;
        Assert.Equal("", await _errors);
        _process.Dispose();
    }

    /// <summary>Has a client do something.</summary>
    public async Task<JsonNode?> DoAsync(string actor, string what, JsonObject? more = null)
    {
        var command = more ?? [];
        var id = Interlocked.Increment(ref _calls);
        (command["id"], command["actor"], command["do"]) = (id, actor, what);
        var answer = _waiting[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_process)
        {
            _process.StandardInput.WriteLine(command.ToJsonString());
            _process.StandardInput.Flush();
        }

        return await answer.Task.WaitAsync(Callbacks.Patience);
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var answer = JsonNode.Parse(line)!;
            if (_waiting.TryRemove(answer["id"]!.GetValue<int>(), out var waiting))
            {
                if (answer["error"] is { } error)
                {
                    waiting.SetException(new InvalidOperationException(error.GetValue<string>()));
                }
                else
                {
                    waiting.SetResult(answer["result"]?.DeepClone());
                }
            }
        }

        foreach (var waiting in _waiting.Values)
        {
            waiting.TrySetException(new InvalidOperationException($"Node.js has ended. {await _errors}"));
        }
    }

    private sealed class NodeActor(NodeActors owner, string name) : Actor(name)
    {
        public override Task OpenAsync(Uri url, string token, RealtimeProtocol protocol) =>
            owner.DoAsync(Name, "open", new() { ["url"] = url.ToString(), ["token"] = token, ["protocol"] = protocol.ToString().ToLowerInvariant() });

        public override Task JoinAsync(SessionRef session) =>
            owner.DoAsync(Name, "join", new() { ["applicationId"] = SessionRef.ApplicationId, ["sessionId"] = session.SessionId });

        public override async Task<long> CallAsync(string method, JsonObject argument) =>
            (await owner.DoAsync(Name, "call", new() { ["method"] = method, ["argument"] = argument.DeepClone() }))!.GetValue<long>();

        public override async Task<JsonNode> PatchAsync(JsonObject patch) => (await owner.DoAsync(Name, "patch", new() { ["data"] = patch.DeepClone() }))!;

        public override Task UndoAsync() => owner.DoAsync(Name, "undo");

        public override async Task<ActorView> ViewAsync() => (await owner.DoAsync(Name, "view")).Deserialize<ActorView>(JsonSerializerOptions.Web)!;

        public override Task LeaveAsync() => owner.DoAsync(Name, "leave");

        public override async ValueTask DisposeAsync() => await owner.DoAsync(Name, "close");
    }
}
