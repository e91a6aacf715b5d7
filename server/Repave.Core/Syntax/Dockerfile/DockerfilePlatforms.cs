namespace Repave.Core.Syntax.Dockerfile;

/// <summary>Platforms by one part of their name: operating systems and architectures, as github.com/containerd/platforms has
/// them.</summary>
internal static class DockerfilePlatforms
{
    private static readonly HashSet<string> Known = new(
        ("aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris windows zos macos 386 amd64 "
        + "amd64p32 arm armbe arm64 arm64be ppc64 ppc64le loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc riscv riscv64 "
        + "s390 s390x sparc sparc64 wasm i386 x86_64 x86-64 aarch64 armhf armel").Split(' '), StringComparer.Ordinal);

    /// <summary>Whether an operating system or an architecture has this name.</summary>
    public static bool IsKnown(string name) => Known.Contains(name.ToLowerInvariant());
}
