using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.Client;

/// <summary>An own change that shows no longer: it was not made, or (<see cref="ClientErrors.Uncertain"/>) that cannot be found out.</summary>
/// <param name="Name">The event's name; null: it was a patch of the data.</param>
/// <param name="Data">The patch, or the event's data; null: it had none.</param>
/// <param name="Error">Why.</param>
public sealed record RefusedChange(string? Name, JsonTree? Data, Error Error);
