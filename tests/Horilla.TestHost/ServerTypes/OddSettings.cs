namespace Horilla.TestHost.ServerTypes;

public sealed class OddSettings
{
    public const string SecretName = "Key";

    public string Server { get; set; } = "";

    public string? ProtectedKey { get; set; }
}
