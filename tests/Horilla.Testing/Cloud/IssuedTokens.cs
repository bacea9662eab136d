namespace Horilla.Testing.Cloud;

/// <summary>The data behind an authorization code, refresh token or access token that the stand-in has issued.</summary>
public sealed record IssuedTokens(FakeUser User, IReadOnlyList<string> Scopes, string RedirectUri, string CodeChallenge, DateTimeOffset Expires);
