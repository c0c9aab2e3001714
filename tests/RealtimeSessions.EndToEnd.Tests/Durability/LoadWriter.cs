using System.Collections.Concurrent;
using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Durability;

/// <summary>
/// Writes changes that it can tell apart in the log, through whatever connections it is given. With writer numbers it sends again what was
/// not answered; without, what was not answered may or may not have been made.
/// </summary>
internal sealed class LoadWriter(string name, bool numbered, SessionRef session)
{
    private const int BatchSize = 8;

    private readonly SortedSet<long> _unanswered = [];
    private readonly ConcurrentDictionary<long, long?> _acknowledged = new();
    private long _last;

    public string Name => name;

    public bool IsNumbered => numbered;

    public SessionRef Session => session;

    /// <summary>The changes that were acknowledged, and where they stand; null where a retry learned only that it was made.</summary>
    public IReadOnlyDictionary<long, long?> Acknowledged => _acknowledged;

    /// <summary>How many answers said that the change had been made before.</summary>
    public int Duplicates { get; private set; }

    /// <summary>The last change it has tried to make.</summary>
    public long Last => _last;

    /// <summary>Writes until it is told to stop or the connection is lost.</summary>
    /// <param name="client">The connection.</param>
    /// <param name="stop">When it completes, no new change is begun, and what is unanswered is still brought in.</param>
    /// <returns>False if the connection was lost.</returns>
    public async Task<bool> WriteAsync(HubClient client, Task stop)
    {
        if (!numbered)
        {
            _unanswered.Clear();
        }

        try
        {
            while (!stop.IsCompleted || (numbered && _unanswered.Count > 0))
            {
                while (!stop.IsCompleted && _unanswered.Count < BatchSize)
                {
                    _unanswered.Add(++_last);
                }

                await Task.WhenAll([.. _unanswered.Select(number => SendAsync(client, number))]);
                _unanswered.RemoveWhere(number => !numbered || _acknowledged.ContainsKey(number));
            }

            return true;
        }
        catch (ConnectionLostException)
        {
            _unanswered.RemoveWhere(_acknowledged.ContainsKey);
            return false;
        }
    }

    private async Task SendAsync(HubClient client, long number)
    {
        try
        {
            var writerId = numbered ? name : null;
            long? writerSequence = numbered ? number : null;
            var answer = await (number % 2 == 0
                ? client.PatchAsync(session, new Dictionary<string, long> { [name] = number }, writerId, writerSequence)
                : client.SendEventAsync(session, name, number, writerId, writerSequence));
            var duplicate = answer.TryGetProperty("duplicate", out var made) && made.GetBoolean();
            Duplicates += duplicate ? 1 : 0;
            _acknowledged[number] = duplicate ? null : answer.Sequence();
        }
        catch (HubCallException exception) when (exception.Code is "unavailable" or "writer_gap")
        {
            // Not known, or behind one that is not known: sent again.
        }
    }

    /// <summary>The writer's changes in a log, in order, with their sequences.</summary>
    public IEnumerable<(long Number, long Sequence)> ChangesIn(IEnumerable<JsonElement> log)
    {
        foreach (var next in log)
        {
            if (next.TryGetProperty("name", out var eventName) && eventName.GetString() == name)
            {
                yield return (next.GetProperty("data").GetInt64(), next.Sequence());
            }
            else if (next.GetProperty("eventType").GetString() == "session_data_updated" && next.GetProperty("data").TryGetProperty(name, out var number))
            {
                yield return (number.GetInt64(), next.Sequence());
            }
        }
    }

    /// <summary>Every acknowledged change stands in the log once, where its answer said; with numbers, every change does, in order.</summary>
    public void AssertKeptIn(IReadOnlyList<JsonElement> log)
    {
        var changes = ChangesIn(log).ToArray();
        var numbers = changes.Select(change => change.Number).ToArray();
        Assert.Equal(numbered ? Callbacks.Range(1, numbers.Length) : numbers.Distinct(), numbers);
        Assert.All(numbers, number => Assert.InRange(number, 1, _last));
        var places = changes.ToDictionary(change => change.Number, change => change.Sequence);
        foreach (var (number, sequence) in _acknowledged)
        {
            Assert.True(places.TryGetValue(number, out var place), $"Change {number} of {name} was acknowledged and is not in the log.");
            Assert.Equal(sequence ?? place, place);
        }
    }
}
