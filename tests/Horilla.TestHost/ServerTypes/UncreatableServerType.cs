namespace Horilla.TestHost.ServerTypes;

/// <summary>A server type whose transport can't be created.</summary>
public sealed class UncreatableServerType : OddServerType
{
    public override string Name => "Uncreatable";
}
