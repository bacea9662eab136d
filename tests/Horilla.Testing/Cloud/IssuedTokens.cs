namespace Horilla.Testing.Cloud;

/// <summary>What the stand-in knows of a code, a refresh token or an access token that it has issued.</summary>
public sealed record IssuedTokens(StandInUser User, IReadOnlyList<string> Scopes, string RedirectUri, string CodeChallenge, DateTimeOffset Expires);
