namespace RealtimeSessions.Protocol;

/// <summary>The text of times: ISO 8601 in UTC with at most milliseconds and no zeros at their end, <c>2026-11-21T20:33:46.12Z</c>.</summary>
public static class UtcTime
{
    /// <summary>The most bytes a time takes.</summary>
    public const int MaximumLength = 24;

    /// <summary>Writes a time.</summary>
    /// <param name="value">The time; what is below a millisecond is left out.</param>
    /// <param name="destination">At least <see cref="MaximumLength"/> bytes.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Write(DateTimeOffset value, Span<byte> destination)
    {
        var time = value.UtcDateTime;
        "0000-00-00T00:00:00.000Z"u8.CopyTo(destination);
        Put(time.Year / 100, destination);
        Put(time.Year % 100, destination[2..]);
        Put(time.Month, destination[5..]);
        Put(time.Day, destination[8..]);
        Put(time.Hour, destination[11..]);
        Put(time.Minute, destination[14..]);
        Put(time.Second, destination[17..]);
        Put(time.Millisecond / 10, destination[20..]);
        destination[22] += (byte)(time.Millisecond % 10);
        var length = MaximumLength - 1;
        while (destination[length - 1] == '0' && length > 20)
        {
            length--;
        }

        length = length == 20 ? 19 : length;
        destination[length] = (byte)'Z';
        return length + 1;
    }

    /// <summary>Adds a number below 100 to two zeros.</summary>
    private static void Put(int number, Span<byte> digits)
    {
        digits[0] += (byte)(number / 10);
        digits[1] += (byte)(number % 10);
    }
}
