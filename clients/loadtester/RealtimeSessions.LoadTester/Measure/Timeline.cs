namespace RealtimeSessions.LoadTester.Measure;

/// <summary>The samples of a run, however long it is: when there are too many, neighbours become one.</summary>
/// <param name="capacity">How many are kept at most; even.</param>
internal sealed class Timeline(int capacity = 600)
{
    private readonly Lock _lock = new();
    private List<LoadSample> _samples = [];
    private LoadSample? _part;
    private int _parts;
    private int _partsOfSample = 1;

    /// <summary>What there is so far.</summary>
    public IReadOnlyList<LoadSample> Samples
    {
        get
        {
            lock (_lock)
            {
                return _part is null ? [.. _samples] : [.. _samples, _part];
            }
        }
    }

    /// <summary>Adds a sample.</summary>
    public void Add(LoadSample sample)
    {
        lock (_lock)
        {
            if (_part is null && _samples.Count > 0 && sample.Seconds < _samples[^1].Seconds / 2 / _partsOfSample)
            {
                // The end of a run comes between two looks: a moment alone says nothing about a rate.
                _samples[^1] = LoadSample.Join(_samples[^1], sample);
                return;
            }

            _part = _part is null ? sample : LoadSample.Join(_part, sample);
            if (++_parts < _partsOfSample)
            {
                return;
            }

            _samples.Add(_part);
            (_part, _parts) = (null, 0);
            if (_samples.Count == capacity)
            {
                _samples = [.. _samples.Chunk(2).Select(pair => LoadSample.Join(pair[0], pair[1]))];
                _partsOfSample *= 2;
            }
        }
    }
}
