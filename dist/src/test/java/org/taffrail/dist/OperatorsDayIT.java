// SPDX-License-Identifier: Apache-2.0
package org.taffrail.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page of an operator's first day, command by command, with what each shows. Folders and ports
 * are those of the test, and systemd and what only root may do are scripts in {@code machine}.
 */
class OperatorsDayIT {
    private static final String VERSION = System.getProperty("taffrail.version");
    private static final int PATIENCE_S = 390;

    /** What a shell says of a job that was killed, at any time after. */
    private static final Pattern JOB_ENDED = Pattern.compile("(?m)^\\S+: line \\d+: .*Killed.*\n");

    /** A call of the launcher, or of the page's {@code t}. */
    private static final Pattern CALL =
            Pattern.compile("(?:^|[|&;] |until |\\S/)(?:taffrail|t) ([a-z]+.*?)(?= [|&>]|;| +#|$)");

    private static final Pattern WORD = Pattern.compile("(?:'[^']*'|\"[^\"]*\"|[^\\s'\"])+");

    @TempDir private Path folder;

    private int port;
    private int httpPort;

    @BeforeEach
    void makeTheMachine() throws IOException {
        for (String tool : List.of("bash", "openssl", "curl")) {
            Assumptions.assumeTrue(isThere(tool), "no " + tool + " here");
        }
        for (String each : List.of("opt", "etc/systemd/system", "var/lib", "bin")) {
            Files.createDirectories(folder.resolve(each));
        }
        String archive = "taffrail-" + VERSION + ".tar.gz";
        Files.copy(Path.of("target", archive), folder.resolve(archive));
        Path tools = Path.of("src", "test", "resources", "machine");
        for (File tool : tools.toFile().listFiles()) {
            Path copy = folder.resolve("bin").resolve(tool.getName());
            Files.copy(tool.toPath(), copy);
            assertTrue(copy.toFile().setExecutable(true));
        }
        try (ServerSocket one = free();
                ServerSocket other = free()) {
            port = one.getLocalPort();
            httpPort = other.getLocalPort();
        }
    }

    @Test
    void writesCommandsThatCanBeTyped() throws IOException, ReflectiveOperationException {
        int commands = 0;
        for (DayPage.Step step : new DayPage(DayPage.text()).steps()) {
            if (step instanceof DayPage.Typed typed) {
                Matcher call = CALL.matcher(typed.command().replace("\\\n", " "));
                while (call.find()) {
                    List<String> words = new ArrayList<>();
                    Matcher word = WORD.matcher(call.group(1));
                    while (word.find()) {
                        words.add(word.group().replaceAll("['\"]", "").replace("$id", "7"));
                    }
                    if (!words.get(0).equals("prepare")) {
                        parse(words.toArray(String[]::new));
                    }
                    commands++;
                }
            }
        }
        assertTrue(commands > 30, "only " + commands);
    }

    private static void parse(String... words) throws ReflectiveOperationException {
        Class<?> main = Class.forName("org.taffrail.broker.cli.Main");
        for (Method method : main.getDeclaredMethods()) {
            if (method.getName().equals("commandLine")) {
                method.setAccessible(true);
                CommandLine commandLine = (CommandLine) method.invoke(null, null, words);
                commandLine.parseArgs(words);
                return;
            }
        }
        throw new NoSuchMethodException("commandLine");
    }

    private static ServerSocket free() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static boolean isThere(String tool) {
        for (String place : System.getenv("PATH").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(place, tool))) {
                return true;
            }
        }
        return false;
    }

    @AfterEach
    void stopTheBroker() throws IOException, InterruptedException {
        Path script = Files.writeString(folder.resolve("end"), "systemctl stop taffrail\n");
        run(script, folder.resolve("end.log"));
    }

    private int run(Path script, Path log) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("bash", script.toString())
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(log.toFile());
        String java = System.getProperty("java.home");
        String path = folder.resolve("bin") + ":" + java + "/bin:" + System.getenv("PATH");
        builder.environment().put("PATH", path);
        builder.environment().put("JAVA_HOME", java);
        builder.environment().put("DAY", folder.toString());
        builder.environment().put("PORT", Integer.toString(port));
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(PATIENCE_S, TimeUnit.SECONDS), Files.readString(log));
            return process.exitValue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** The page with the folders and ports of this test. */
    private String here(String page) {
        return page.replace("VERSION", VERSION)
                .replaceAll("(?<![\\w.])/(opt|etc|backup|var/lib)\\b", folder + "/$1")
                .replace("localhost:61700", "localhost")
                .replaceAll("(taffrails?://localhost)\\b", "$1:" + port)
                .replace("8161", Integer.toString(httpPort));
    }

    @Test
    @Timeout(value = 7, unit = TimeUnit.MINUTES)
    @EnabledIfSystemProperty(named = "taffrail.tests", matches = "full")
    void isAsThePageSays() throws IOException, InterruptedException {
        List<DayPage.Typed> typed = new ArrayList<>();
        StringBuilder script = new StringBuilder();
        for (DayPage.Step step : new DayPage(here(DayPage.text())).steps()) {
            if (step instanceof DayPage.Written file) {
                script.append("cat > ").append(file.path()).append(" <<'END-OF-FILE'\n");
                script.append(file.text()).append("END-OF-FILE\n");
            } else if (step instanceof DayPage.Typed command) {
                script.append(command.command()).append('\n');
                script.append("status=$?; printf '\\n@@%s %s\\n' ").append(typed.size());
                script.append(" $status; [ $status = ").append(command.status());
                script.append(" ] || exit 0\n");
                typed.add(command);
            }
        }
        assertTrue(typed.size() > 60, typed.toString());
        Path log = folder.resolve("log");

        run(Files.writeString(folder.resolve("day"), script.toString()), log);

        String said = JOB_ENDED.matcher(Files.readString(log)).replaceAll("");
        Matcher end = Pattern.compile("(?m)^@@(\\d+) (\\d+)\n").matcher(said);
        int from = 0;
        for (int i = 0; i < typed.size(); i++) {
            DayPage.Typed each = typed.get(i);
            assertTrue(end.find(), each + " did not end: " + said.substring(from));
            String shown = said.substring(from, end.start());
            String about = "$ " + each.command() + "\nsaid:\n" + shown + "\nnot:\n" + each.shown();
            assertEquals(each.status(), Integer.parseInt(end.group(2)), about);
            assertTrue(each.shows(shown), about);
            from = end.end();
        }
    }
}
