// SPDX-License-Identifier: Apache-2.0
package org.taffrail.javax.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/**
 * What an application that uses {@code javax.jms} gets: one jar, with nothing of the other in it.
 */
class ProviderJavaxJarIT {
    private static final String BRIDGE = "org/taffrail/javax/bridge/";
    private static final String NATIVE_IMAGE =
            "META-INF/native-image/org.taffrail/taffrail-provider-javax/";
    private static final Path JAR =
            Path.of(
                    System.getProperty("taffrail.root"),
                    "provider-javax",
                    "target",
                    "taffrail-provider-javax-" + System.getProperty("taffrail.version") + ".jar");

    @Test
    void noClassKnowsTheOtherNamespace() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            int read = 0;
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (entry.getName().endsWith(".class")) {
                    String text = text(jar, entry);
                    String of = entry.getName();
                    assertTrue(of.startsWith("org/taffrail/javax/"), of);
                    assertTrue(!text.contains("jakarta/") && !text.contains("jakarta."), of);
                    assertTrue(!text.contains("org/taffrail/jms/"), of);
                    assertTrue(!text.contains("org/taffrail/link/"), of);
                    assertTrue(of.startsWith(BRIDGE) || !text.contains("org/taffrail/wire/"), of);
                    read++;
                }
            }
            assertTrue(read > 200, read + " classes");
        }
    }

    @Test
    void carriesTheLicenceAndTheWayToABrokerInTheSameJvm() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            Set<String> meta =
                    jar.stream()
                            .map(JarEntry::getName)
                            .filter(name -> name.startsWith("META-INF/") && !name.endsWith("/"))
                            .collect(Collectors.toCollection(TreeSet::new));

            assertEquals(
                    Set.of(
                            "META-INF/LICENSE",
                            "META-INF/MANIFEST.MF",
                            NATIVE_IMAGE + "reflect-config.json",
                            NATIVE_IMAGE + "resource-config.json",
                            "META-INF/services/org.taffrail.javax.wire.local.LocalBrokers"),
                    meta);
        }
    }

    private static String text(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
