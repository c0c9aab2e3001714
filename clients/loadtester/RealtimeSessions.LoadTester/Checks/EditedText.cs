using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RealtimeSessions.LoadTester.Traces;

namespace RealtimeSessions.LoadTester.Checks;

/// <summary>
/// The text that custom events named <c>edit</c> come to: <c>p</c> is <c>[position, code points deleted, text inserted]</c>. It is held with a gap where the last edit was, since
/// people type where they are.
/// </summary>
internal sealed class EditedText
{
    private const int FirstLength = 256;

    private Rune[] _runes = new Rune[FirstLength];
    private int _gapStart;
    private int _gapEnd = FirstLength;

    /// <summary>Edits so far.</summary>
    public long Edits { get; private set; }

    /// <summary>Why it is no text any more: the first edit that does not fit it. Null: all did.</summary>
    public string? Problem { get; private set; }

    /// <summary>How many code points it has.</summary>
    public int Length => _runes.Length - (_gapEnd - _gapStart);

    /// <summary>Applies an edit.</summary>
    /// <param name="data">The event's data.</param>
    public void Apply(ReadOnlySpan<byte> data)
    {
        Edits++;
        if (Problem is null && !TryApply(data))
        {
            Problem = string.Create(CultureInfo.InvariantCulture, $"edit {Edits} does not fit a text of {Length} characters");
        }
    }

    /// <summary>What the text is, without the text.</summary>
    public TextExpectation Describe()
    {
        MoveGap(Length);
        var text = new StringBuilder(Length);
        Span<char> chars = stackalloc char[2];
        foreach (var rune in _runes.AsSpan(0, Length))
        {
            text.Append(chars[..rune.EncodeToUtf16(chars)]);
        }

        return new TextExpectation(Length, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))));
    }

    private bool TryApply(ReadOnlySpan<byte> data)
    {
        try
        {
            var reader = new Utf8JsonReader(data);
            while (reader.Read() && !(reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("p"u8)))
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    reader.Skip();
                }
            }

            return reader.Read() && reader.TokenType == JsonTokenType.StartArray
                && reader.Read() && reader.TryGetInt32(out var position)
                && reader.Read() && reader.TryGetInt32(out var deleted)
                && reader.Read() && reader.GetString() is { } inserted
                && TryEdit(position, deleted, inserted);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private bool TryEdit(int position, int deleted, string inserted)
    {
        if (position < 0 || deleted < 0 || (long)position + deleted > Length)
        {
            return false;
        }

        MoveGap(position);
        _gapEnd += deleted;
        foreach (var rune in inserted.EnumerateRunes())
        {
            if (_gapStart == _gapEnd)
            {
                Widen();
            }

            _runes[_gapStart++] = rune;
        }

        return true;
    }

    private void MoveGap(int position)
    {
        if (position < _gapStart)
        {
            var moved = _gapStart - position;
            Array.Copy(_runes, position, _runes, _gapEnd - moved, moved);
            (_gapStart, _gapEnd) = (position, _gapEnd - moved);
        }
        else if (position > _gapStart)
        {
            var moved = position - _gapStart;
            Array.Copy(_runes, _gapEnd, _runes, _gapStart, moved);
            (_gapStart, _gapEnd) = (position, _gapEnd + moved);
        }
    }

    private void Widen()
    {
        var (wider, behind) = (new Rune[_runes.Length * 2], _runes.Length - _gapEnd);
        Array.Copy(_runes, wider, _gapStart);
        Array.Copy(_runes, _gapEnd, wider, wider.Length - behind, behind);
        (_runes, _gapEnd) = (wider, wider.Length - behind);
    }
}
