using System.IO.Hashing;
using System.Text;
using RealtimeSessions.Client;
using RealtimeSessions.LoadTester.Checks;
using RealtimeSessions.LoadTester.Measure;
using RealtimeSessions.LoadTester.Traces;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.LoadTester.Connections.Library;

/// <summary>A user's connection by the .NET client, with a replica of its own. Which call has made an event it does not tell, so the time to its receipt is not measured.</summary>
/// <param name="seat">Who it is, and where.</param>
/// <param name="options">How the client connects.</param>
/// <param name="ledger">The session's ledger.</param>
/// <param name="check">Its own check there.</param>
/// <param name="meter">What is counted.</param>
/// <param name="time">The clock.</param>
internal sealed class LibraryClient(
    Seat seat, RealtimeClientOptions options, SessionLedger ledger, ReaderCheck check, LoadMeter meter, TimeProvider time) : IVirtualClient
{
    private readonly RealtimeClient _client = new(options, time: time);
    private readonly CancellationTokenSource _left = new();
    private LiveSession? _session;
    private Task _reading = Task.CompletedTask;

    public ReaderCheck Check => check;

    public JsonTree? Replica => _session?.ConfirmedData;

    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            _session = await _client.JoinSessionAsync(seat.Application, seat.Session, cancellationToken: cancellationToken);
        }
        catch (RealtimeException exception)
        {
            throw new LoadException($"{seat} cannot be made: {exception.Message}", exception);
        }

        // Nobody changes the session before all are in it, so these belong together.
        var position = _session.Position;
        ledger.Reset(check, position.Epoch, position.Sequence, _session.ConfirmedData);
        meter.Opened();
        _client.OnState(OnState);
        _reading = ReadAsync(_session, position.Sequence);
    }

    public async Task<Error?> CallAsync(TraceCall call, long dueAt)
    {
        meter.CallSent();
        try
        {
            var ack = await LibraryCalls.MakeAsync(_client, _session!, call);
            if (ack is { Count: > 0, EventId: { } id })
            {
                ledger.Acknowledged(default, ack.Position.Sequence, Hash(id));
            }

            meter.CallAnswered(time.GetElapsedTime(dueAt));
            return null;
        }
        catch (RealtimeException exception)
        {
            meter.CallRefused(exception.Code);
            return exception.Error;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync();
        await _client.DisposeAsync();
        await _reading;
        _left.Dispose();
    }

    private static ulong Hash(Guid id)
    {
        Span<byte> text = stackalloc byte[36];
        id.TryFormat(text, out _);
        return XxHash3.HashToUInt64(text);
    }

    private void OnState(ConnectionState state)
    {
        if (_left.IsCancellationRequested)
        {
            return;
        }

        if (state == ConnectionState.Connected)
        {
            meter.Opened();
            meter.ResumedThere();
        }
        else if (state == ConnectionState.Reconnecting)
        {
            meter.Closed();
            meter.Lost();
        }
    }

    private async Task ReadAsync(LiveSession session, long after)
    {
        try
        {
            await foreach (var next in session.ReadEventsAsync(after, _left.Token))
            {
                Take(next);
            }
        }
        catch (OperationCanceledException)
        {
            // It was left.
        }
        catch (RealtimeException)
        {
            // What could not be read is missing in the end.
        }
    }

    private void Take(SessionEvent next)
    {
        var id = Hash(next.EventId);
        var (kind, data) = next switch
        {
            SessionDataUpdated patch => (EventKind.Patch, patch.Data),
            SessionEventCreated { Name: "edit" } edit => (EventKind.Edit, edit.Data),
            SessionEventCreated custom => (EventKind.Other, custom.Data),
            _ => (EventKind.Other, null),
        };
        var bytes = data?.ToUtf8Bytes() ?? [];
        var view = new EventView
        {
            Sequence = next.Sequence,
            Id = id,
            Content = id ^ XxHash3.HashToUInt64(bytes) ^ XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(next.GetType().Name)),
            Kind = kind,
            Data = bytes,
        };
        ledger.Take(check, view, wire: []);
    }
}
