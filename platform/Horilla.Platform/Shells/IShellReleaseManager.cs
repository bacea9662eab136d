namespace OrchardCore.Environment.Shell;

/// <summary>Asks for a new shell at the end of the request.</summary>
public interface IShellReleaseManager
{
    void RequestRelease();

    void SuspendReleaseRequest();
}
