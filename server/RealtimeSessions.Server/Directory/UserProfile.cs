using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Directory;

/// <summary>What a token says of its user, as far as the directory takes it.</summary>
/// <param name="Name">His name; null: it says none, which changes none.</param>
/// <param name="Email">His e-mail address; null: it says none, which changes none.</param>
internal readonly record struct UserProfile(string? Name, string? Email)
{
    private const int MaximumName = 200;
    private const int MaximumEmail = 320;

    public static UserProfile Of(Caller caller) => new(CleanName(caller.Name), CleanEmail(caller.Email));

    /// <summary>An address as it can stand in the directory; null if it is none.</summary>
    public static string? CleanEmail(string? text) =>
        text is { Length: > 0 and <= MaximumEmail } && text.Contains('@', StringComparison.Ordinal)
        && !text.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter))
            ? text
            : null;

    /// <summary>Whether it says nothing of a user that is not known.</summary>
    public bool IsKnownOf(DirectoryUser user) => (Name ?? user.Name) == user.Name && (Email ?? user.Email) == user.Email;

    /// <summary>The user with what it says.</summary>
    public DirectoryUser ApplyTo(DirectoryUser user, DateTimeOffset now) =>
        user with { Name = Name ?? user.Name, Email = Email ?? user.Email, UpdatedAt = now };

    private static string? CleanName(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null
        : text.Length <= MaximumName ? text
        : text[..(char.IsHighSurrogate(text[MaximumName - 1]) ? MaximumName - 1 : MaximumName)];
}
