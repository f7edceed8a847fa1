// SPDX-License-Identifier: Apache-2.0
package org.taffrail;

import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks the repository itself: what a reviewer would otherwise have to say again and again.
 *
 * <p>It lives in wire because wire is built first, so that these complaints come before any other.
 */
class RepositoryTidyTest {
    private static final int LINES_MAX = 500;
    private static final String HEADER = "SPDX-License-Identifier: Apache-2.0";

    private static final Set<String> SKIPPED_FOLDERS =
            Set.of(".git", ".idea", ".vscode", ".settings", "target");
    private static final String GENERATED = "dependency-reduced-pom.xml";
    private static final Set<String> TEXT_ENDINGS =
            Set.of(
                    "java",
                    "xml",
                    "md",
                    "properties",
                    "txt",
                    "sh",
                    "yml",
                    "yaml",
                    "json",
                    "csv",
                    "config",
                    "py",
                    "js",
                    "css",
                    "html");
    private static final Set<String> ENDINGS_WITH_HEADER =
            Set.of("java", "xml", "properties", "sh", "py");

    /** Spelt in two halves, so that this file does not match its own rule. */
    private static final Pattern UNFINISHED =
            Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

    private static final Pattern MACHINE_PATH =
            Pattern.compile("(?<![\\w./~-])/(wo" + "rk|ro" + "ot|ho" + "me/\\w+|Us" + "ers)/");
    private static final Pattern PRIVATE_REGISTRY =
            Pattern.compile(
                    "https?://[\\w.-]*(ne"
                            + "xus|arti"
                            + "factory|mir"
                            + "ror|regi"
                            + "stry)[\\w.-]*/");
    private static final Pattern POM_REPOSITORY = Pattern.compile("<(plugin)?[rR]epositor(y|ies)>");
    private static final Pattern UNSTABLE_VERSION =
            Pattern.compile(
                    "\\.version>[^<]*([-.](alpha|beta|m|rc|cr|b|ea)[-.]?\\d*|snapshot)[^<]*<",
                    Pattern.CASE_INSENSITIVE);

    /** The modules that docs/building.md says are not published. */
    private static final Pattern UNPUBLISHED =
            Pattern.compile("^(compat-tests|peers/|perf/|samples/|resource-adapter/servers/)");

    private static final String NOT_PUBLISHED = "<maven.deploy.skip>true</maven.deploy.skip>";

    private static Path root;
    private static List<Path> files;

    @BeforeAll
    static void listFiles() throws IOException {
        String told = System.getProperty("taffrail.root");
        root = told != null ? Path.of(told) : Path.of("").toAbsolutePath().getParent();
        files = new ArrayList<>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes a) {
                        return SKIPPED_FOLDERS.contains(folder.getFileName().toString())
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
                        if (a.isRegularFile() && isText(file) && !file.endsWith(GENERATED)) {
                            files.add(root.relativize(file));
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        assertTrue(files.contains(Path.of("pom.xml")), () -> root + " is not the repository");
    }

    @Test
    void everySourceNamesItsLicence() {
        complainAboutFiles(
                file -> ENDINGS_WITH_HEADER.contains(ending(file)) || isScript(file),
                "says '" + HEADER + "' in its first three lines",
                lines -> lines.stream().limit(3).anyMatch(line -> line.contains(HEADER)));
    }

    @Test
    void noTabsAndNoSpacesAtTheEndOfALine() {
        complainAboutLines(
                file -> !file.endsWith("LICENSE"),
                line -> line.indexOf('\t') >= 0 || line.endsWith(" ") || line.indexOf('\r') >= 0);
    }

    @Test
    void everyFileEndsWithALineEnd() {
        check(
                files,
                (file, complaints) -> {
                    String text = read(file);
                    if (!text.isEmpty() && !text.endsWith("\n")) {
                        complaints.add(file + " does not end with a line end");
                    }
                });
    }

    @Test
    void nothingUnfinishedInMainSources() {
        complainAboutLines(
                file -> isMainSource(file) || isScript(file),
                line -> UNFINISHED.matcher(line).find());
    }

    @Test
    void noSourceIsTooLongForOneIdea() {
        complainAboutFiles(
                RepositoryTidyTest::isSource,
                "has at most " + LINES_MAX + " lines (look for the second idea in it)",
                lines -> lines.size() <= LINES_MAX);
    }

    @Test
    void nothingPointsAtOneMachine() {
        complainAboutLines(
                file -> true,
                line -> MACHINE_PATH.matcher(line).find() || PRIVATE_REGISTRY.matcher(line).find());
    }

    @Test
    void everyArtifactComesFromMavenCentralInAStableVersion() {
        complainAboutLines(
                file -> file.endsWith("pom.xml"),
                line ->
                        POM_REPOSITORY.matcher(line).find()
                                || UNSTABLE_VERSION.matcher(line).find());
    }

    @Test
    void everyPackageSaysWhatItIs() {
        Set<Path> packages =
                files.stream()
                        .filter(RepositoryTidyTest::isMainSource)
                        .map(Path::getParent)
                        .collect(Collectors.toCollection(TreeSet::new));
        check(
                packages,
                (folder, complaints) -> {
                    if (!files.contains(folder.resolve("package-info.java"))) {
                        complaints.add(folder + " has no package-info.java");
                    }
                });
    }

    @Test
    void whatIsForTestsAndSamplesOnlyIsNotPublishedAndAllElseIs() {
        complainAboutFiles(
                file -> file.endsWith("pom.xml") && UNPUBLISHED.matcher(file.toString()).find(),
                "says " + NOT_PUBLISHED,
                lines -> lines.stream().anyMatch(line -> line.strip().equals(NOT_PUBLISHED)));
        complainAboutFiles(
                file -> file.endsWith("pom.xml") && !UNPUBLISHED.matcher(file.toString()).find(),
                "says nothing of that kind: docs/building.md lists what is not published",
                lines -> lines.stream().noneMatch(line -> line.strip().equals(NOT_PUBLISHED)));
    }

    @Test
    void scriptsMayBeExecuted() {
        check(
                files.stream().filter(RepositoryTidyTest::isScript).toList(),
                (file, complaints) -> {
                    if (!Files.isExecutable(root.resolve(file))) {
                        complaints.add(file + " is not executable");
                    }
                });
    }

    private static void complainAboutLines(Predicate<Path> which, Predicate<String> offends) {
        check(
                files.stream().filter(which).toList(),
                (file, complaints) -> {
                    List<String> lines = Stream.of(read(file).split("\n", -1)).toList();
                    for (int i = 0; i < lines.size(); i++) {
                        if (offends.test(lines.get(i))) {
                            complaints.add(file + ":" + (i + 1) + ": " + lines.get(i));
                        }
                    }
                });
    }

    private static void complainAboutFiles(
            Predicate<Path> which, String demand, Predicate<List<String>> holds) {
        check(
                files.stream().filter(which).toList(),
                (file, complaints) -> {
                    if (!holds.test(read(file).lines().toList())) {
                        complaints.add("not so: " + file + " " + demand);
                    }
                });
    }

    private static void check(Iterable<Path> paths, BiConsumer<Path, List<String>> rule) {
        List<String> complaints = new ArrayList<>();
        paths.forEach(path -> rule.accept(path, complaints));
        assertTrue(complaints.isEmpty(), () -> "\n" + String.join("\n", complaints));
    }

    private static String read(Path file) {
        try {
            return Files.readString(root.resolve(file), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is not readable as UTF-8 text", e);
        }
    }

    private static boolean isSource(Path file) {
        return ending(file).equals("java");
    }

    private static boolean isMainSource(Path file) {
        return isSource(file) && file.toString().contains("src/main/java");
    }

    private static boolean isScript(Path file) {
        return file.startsWith("bin") || file.startsWith(".ci");
    }

    private static boolean isText(Path file) {
        String name = file.getFileName().toString();
        return TEXT_ENDINGS.contains(ending(file))
                || name.equals("LICENSE")
                || name.equals("NOTICE")
                || isScript(root.relativize(file));
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
