using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RealtimeSessions.Protocol;

/// <summary>
/// A place in a log: the log's epoch and the sequence of the last event that was seen there. In URLs it is written
/// <c>epoch-sequence</c>.
/// </summary>
/// <param name="Epoch">Random text made with the log, <c>[a-z0-9]{1,32}</c>; it changes when history could not be kept.</param>
/// <param name="Sequence">The sequence of an event, from 1 without gaps; 0 means "before the first event".</param>
public readonly record struct Position(string Epoch, long Sequence)
{
    private static readonly SearchValues<char> EpochCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");

    /// <summary>Reads the form <c>epoch-sequence</c>, exactly as <see cref="ToString"/> writes it.</summary>
    /// <param name="text">The text to read; <c>null</c> is answered with <c>false</c>.</param>
    /// <param name="position">The position read.</param>
    /// <returns><c>false</c> if the text has another form.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out Position position)
    {
        position = default;
        var dash = text?.LastIndexOf('-') ?? -1;
        if (dash is < 1 or > 32 || text.AsSpan(0, dash).ContainsAnyExcept(EpochCharacters))
        {
            return false;
        }

        // The number parser alone would accept leading zeros and trailing NUL characters.
        var digits = text.AsSpan(dash + 1);
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            || digits.ContainsAnyExceptInRange('0', '9')
            || digits is ['0', _, ..])
        {
            return false;
        }

        position = new Position(text![..dash], sequence);
        return true;
    }

    /// <summary>The form <c>epoch-sequence</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Epoch}-{Sequence}");
}
