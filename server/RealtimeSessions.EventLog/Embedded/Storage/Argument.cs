using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace RealtimeSessions.EventLog.Embedded.Storage;

/// <summary>Checks of arguments.</summary>
internal static class Argument
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void Require(bool condition, string message, string parameter)
    {
        if (!condition)
        {
            throw new ArgumentException(message, parameter);
        }
    }

    /// <summary>Requires a text of 1 to <paramref name="maximum"/> characters that UTF-8 can carry: no half of a surrogate pair alone, which
    /// would be stored as another text.</summary>
    public static void RequireText([NotNull] string? text, int maximum, string parameter)
    {
        if (text is not { Length: > 0 } || text.Length > maximum || !IsWellFormed(text))
        {
            throw new ArgumentException($"A text of 1 to {maximum} characters is needed.", parameter);
        }
    }

    private static bool IsWellFormed(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return true;
        }

        try
        {
            return Strict.GetByteCount(text) > 0;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }
}
