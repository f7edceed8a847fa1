// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/** What an application gets that embeds a broker: nothing that it may have in another version. */
class BrokerJarIT {
    private static final Path MODULE =
            Path.of(System.getProperty("taffrail.root")).resolve("broker");

    @Test
    void holdsItsNettyInAPackageOfItsOwn() throws IOException {
        String name = "taffrail-broker-" + System.getProperty("taffrail.version") + ".jar";
        try (JarFile jar = new JarFile(MODULE.resolve("target").resolve(name).toFile())) {
            Set<String> tops =
                    jar.stream()
                            .map(JarEntry::getName)
                            .filter(entry -> entry.endsWith(".class"))
                            .map(entry -> entry.split("/", 4))
                            .map(parts -> parts[0] + "/" + parts[1] + "/" + parts[2])
                            .collect(Collectors.toCollection(TreeSet::new));

            assertEquals(Set.of("org/taffrail/broker"), tops);
            assertTrue(jar.getEntry("org/taffrail/broker/netty/channel/Channel.class") != null);
        }
    }

    @Test
    void bringsNoNettyAndNoLoggingBackend() throws IOException {
        String pom = Files.readString(MODULE.resolve("dependency-reduced-pom.xml"));

        assertTrue(!pom.contains("netty-transport"), pom);
        assertTrue(
                pom.matches(
                        "(?s).*<artifactId>slf4j-simple</artifactId>[^/]*/version>\\s*"
                                + "<scope>runtime</scope>\\s*<optional>true</optional>.*"),
                pom);
    }
}
