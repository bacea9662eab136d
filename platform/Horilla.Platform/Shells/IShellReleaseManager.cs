namespace OrchardCore.Environment.Shell;

/// <summary>Requests a new shell at the end of the request.</summary>
public interface IShellReleaseManager
{
    void RequestRelease();

    void SuspendReleaseRequest();
}
