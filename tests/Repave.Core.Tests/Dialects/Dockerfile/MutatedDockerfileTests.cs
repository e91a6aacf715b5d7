using Repave.Core.Analysis;
using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Tests.Rules;

namespace Repave.Core.Tests.Dialects.Dockerfile;

/// <summary>Broken Dockerfiles, and broken files of bake and Compose that build them: checked with every rule on, asked for what stands
/// and fits at a cursor; nothing throws.</summary>
[Trait("Category", "Fuzz")]
public class MutatedDockerfileTests
{
    private const string Large = """
        # syntax=docker/dockerfile:1
        # escape=\
        ARG VERSION=3.20 REGISTRY
        # the builder
        FROM --platform=$BUILDPLATFORM ${REGISTRY:-docker.io}/library/golang:1.23 AS Build
        ARG VERSION TARGETOS TARGETARCH=${TARGETARCH:-amd64}
        ENV GOFLAGS=-mod=vendor PATH="/go/bin:$PATH" A='b c' KEY value
        SHELL ["/bin/bash", "-o", "pipefail", "-c"]
        WORKDIR src
        ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/a.tgz /a/
        ADD --keep-git-dir=true https://github.com/a/b.git#main:sub /b
        COPY --from=alpine:3 --chown=1:1 --link --exclude=*.md ["a b", "/c d/"]
        RUN --mount=type=cache,target=/root/.cache,from=tools --network=none --security=insecure set -eux; \
            # why not
            curl -fsSL "https://example.com/v${VERSION}/x.sh" | bash -s -- --yes; \

            apt-get update && apt-get install -y --no-install-recommends a=1 b && apt-get upgrade; git clone -b main https://x/y.git
        COPY <<EOF <<-"END" /etc/
        a $VERSION ${VERSION%.*} ${A//x/y}
        EOF
        	b
        	END
        RUN <<SH bash
        wget -qO- https://example.com/archive/main.tar.gz | tar xz
        SH
        FROM scratch as final
        LABEL a=b c="d e" \
          f=g
        COPY --from=build --parents /a/./b /b
        COPY --from=0 a b
        VOLUME ["/data"] 
        RUN mkdir -p /data/x && echo "$(date)" > /data/y
        EXPOSE 80/TCP 53:53/udp $PORT
        HEALTHCHECK --interval=1m30s --timeout=3s --start-period=5s --retries=3 CMD ["x"]
        ONBUILD RUN echo hi
        ONBUILD COPY --from=build a b
        STOPSIGNAL SIGTERM
        USER root
        MAINTAINER me
        ENTRYPOINT ["/usr/bin/supervisord"]
        CMD service ssh start && sshd -D
        """;

    private const string Bake = """
        variable "TAG" { default = "a${REG}" }
        variable "REG" { default = TAG }
        target "a" {
          inherits = ["b", "a"]
          tags = ["${REG}/x:${TAG}", upper("y"), TAG]
          dockerfile = "Dockerfile"
          matrix = { x = ["1", "2"] }
        }
        target "b" { context = "." }
        """;

    // REPAVE_FUZZ_COUNT makes it longer than it is among the others.
    private static readonly int Count = int.TryParse(Environment.GetEnvironmentVariable("REPAVE_FUZZ_COUNT"), out var count) ? count
        : 4_000;

    private static readonly Settings AllOn = Settings.Default with
    {
        Rules = RuleCatalogue.All.Where(r => r.Dialect == "dockerfile").ToDictionary(r => r.Id, _ => Severity.Info, StringComparer.Ordinal),
    };

    [Fact]
    public void NothingThrows()
    {
        string[] seeds =
        [
            Large, Large, .. RuleCatalogue.All.Where(r => r.Dialect == "dockerfile").SelectMany(r => (string[])[r.Bad, r.Good]),
        ];
        Parallel.For(0, Count, i =>
        {
            var random = new Random(i);
            var text = MutatedDocumentTests.Mutate(seeds[random.Next(seeds.Length)], random);
            try
            {
                Manifest[] files =
                [
                    Manifest.Parse("Dockerfile", text),
                    Manifest.Parse("docker-bake.hcl", MutatedDocumentTests.Mutate(Bake, random)),
                    Manifest.Parse("compose.yaml", "services: {a: {build: {context: ., target: final}, image: 'x:1'}, b: {image: x}}"),
                ];
                var analysis = ManifestAnalysis.Of(files, new AnalysisOptions(AllOn));
                Assert.DoesNotContain(files.SelectMany(f => analysis.Findings(f.Path)), f => f.Rule.Id == "RPV0004");
                var document = files[0].Source.Documents[0].Document;
                var places = (IPlaces)analysis.Of("dockerfile");
                for (var at = 0; at < 4; at++)
                {
                    var offset = random.Next(document.Text.Length + 1);
                    places.DescribeAt(document, offset);
                    places.CompleteAt(document, offset);
                    ((INames)places).LocalNamesAt(document, offset);
                    analysis.Images.StagesAt("Dockerfile", offset);
                }

                foreach (var resource in analysis.ResourcesOf("Dockerfile"))
                    places.PartsOf(resource).Count();
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"seed {i}: {exception}\n{text}", exception);
            }
        });
    }
}
