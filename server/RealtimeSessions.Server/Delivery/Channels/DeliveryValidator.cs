using Microsoft.Extensions.Options;

namespace RealtimeSessions.Server.Delivery.Channels;

/// <summary>Checks the settings of the delivery, and reports all that is wrong.</summary>
internal sealed class DeliveryValidator : IValidateOptions<DeliveryOptions>
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeastBlocked = TimeSpan.FromSeconds(1);

    public ValidateOptionsResult Validate(string? name, DeliveryOptions options)
    {
        (bool IsWrong, string Failure)[] checks =
        [
            (IsOutside(options.PausePerMember), "Delivery:PausePerMember must be 0 to 1 s."),
            (IsOutside(options.MaximumPause), "Delivery:MaximumPause must be 0 to 1 s."),
            (options.MaximumLag < 1, "Delivery:MaximumLag must be 1 or more."),
            (options.MaximumBlocked < LeastBlocked, "Delivery:MaximumBlocked must be 1 s or more."),
        ];
        string[] failures = [.. checks.Where(check => check.IsWrong).Select(check => check.Failure)];
        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static bool IsOutside(TimeSpan pause) => pause < TimeSpan.Zero || pause > LongestPause;
}
