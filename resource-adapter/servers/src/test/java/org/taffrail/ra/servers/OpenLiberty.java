// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Open Liberty, with a {@code server.xml} that has what the sample needs. */
final class OpenLiberty implements ApplicationServer {
    private static final Pattern DEPLOYED = Pattern.compile("CWWKZ000[12][IE].*");
    private static final Pattern READY = Pattern.compile("CWWKF0011I");

    private final Path home = Setting.unpacked("wlp");
    private final Setting setting;
    private JavaProcess process;

    OpenLiberty(Setting setting) {
        this.setting = setting;
        Path config = setting.folder().resolve(Path.of("usr", "servers", "orders"));
        setting.copy("taffrail.h2", config.resolve("h2.jar"));
        setting.copy("taffrail.rar", config.resolve("taffrail.rar"));
        setting.copy("taffrail.war", config.resolve("orders.war"));
        setting.write(config.resolve("server.xml"), setting.filled("/openliberty/server.xml"));
    }

    @Override
    public void start() {
        Path tools = home.resolve(Path.of("bin", "tools"));
        Path options = home.resolve(Path.of("lib", "platform", "java", "java9.options"));
        process =
                new JavaProcess(
                        setting.folder().resolve("openliberty.log"),
                        List.of(
                                // what its script adds on Java 9 and newer
                                "@" + arguments(options),
                                "-Xmx512m",
                                "-XX:TieredStopAtLevel=1",
                                "-javaagent:" + tools.resolve("ws-javaagent.jar"),
                                "-Djava.awt.headless=true",
                                "-jar",
                                tools.resolve("ws-server.jar").toString(),
                                "orders"),
                        Map.of("WLP_USER_DIR", setting.folder().resolve("usr").toString()));
        String deployed = process.await(DEPLOYED);
        if (!deployed.startsWith("CWWKZ0001I")) {
            throw new AssertionError(process.output());
        }
        process.await(READY);
    }

    /** Makes a file that {@code java} reads arguments from, which knows comments in lines only. */
    private Path arguments(Path options) {
        try {
            Path made = setting.folder().resolve("java.options");
            setting.write(
                    made,
                    String.join(
                            "\n",
                            Files.readAllLines(options).stream()
                                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                                    .toList()));
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void stop() {
        process.stop();
    }

    @Override
    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    @Override
    public String log() {
        return process.output();
    }
}
