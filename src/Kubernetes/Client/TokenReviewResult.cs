using System.Collections.Immutable;

namespace Wego.Kubernetes;

/// <summary>The answer of a token review.</summary>
/// <param name="Authenticated">Whether the token is good.</param>
/// <param name="User">The user name, or empty.</param>
/// <param name="Groups">The user's groups.</param>
public sealed record TokenReviewResult(bool Authenticated, string User, ImmutableArray<string> Groups);
