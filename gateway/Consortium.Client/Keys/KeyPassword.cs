using Consortium.Api.Files;

namespace Consortium.Client.Keys;

/// <summary>Finds the password of a key file without asking anybody.</summary>
public static class KeyPassword
{
    /// <summary>The environment variable that may hold the password.</summary>
    public const string Variable = "CONSORTIUM_KEY_PASSWORD";

    /// <summary>The file beside a key that may hold its password; its mode must be 600, or 440 as that of a mounted secret.</summary>
    public const string FileName = "password";

    /// <summary>Looks for a password: the file named, the environment, the file beside the key; the first that is there.</summary>
    /// <param name="keyPath">The key file.</param>
    /// <param name="passwordFile">A file named by the user, or <see langword="null"/>.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <returns>The password, or <see langword="null"/> when there is none to be found.</returns>
    /// <exception cref="KeyFileException">A password file cannot be read, is empty, or may be read by others.</exception>
    public static string? Find(string keyPath, string? passwordFile, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        if (passwordFile is not null)
        {
            return Read(passwordFile);
        }

        if (environment(Variable) is { Length: > 0 } password)
        {
            return password;
        }

        var beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(keyPath)) ?? ".", FileName);
        return File.Exists(beside) ? Read(beside) : null;
    }

    private static string Read(string path)
    {
        try
        {
            if (!OwnerOnlyFile.IsPrivate(path) && !IsMountedSecret(path))
            {
                throw new KeyFileException(
                    "password_file_open",
                    $"The password file '{path}' may be read by other users of this machine.",
                    $"Run 'chmod 600 {path}' (a mounted secret may be 440), and choose a new password if others use this machine.");
            }

            using var reader = new StreamReader(path);
            return reader.ReadLine() is { Length: > 0 } password ? password : throw new KeyFileException(
                "password_empty",
                $"The password file '{path}' has no first line.",
                "Put the password on its first line.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new KeyFileException(
                "password_file_unreadable",
                $"The password file '{path}' could not be read: {exception.Message}",
                "Check the path and that you may read it.",
                exception);
        }
    }

    // Kubernetes mounts a secret for a pod that is not root as root's, for the group of the pod alone, and lets nobody write it. A file that
    // somebody makes by hand can be written by its owner: there, a group may be other people.
    private static bool IsMountedSecret(string path) =>
        !OperatingSystem.IsWindows() && File.GetUnixFileMode(path) == (UnixFileMode.UserRead | UnixFileMode.GroupRead);
}
