// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

/** What an application gets when it depends on the provider: one jar and two dependencies. */
class ProviderJarIT {
    private static final Path PROVIDER =
            Path.of(System.getProperty("taffrail.root")).resolve("provider");

    private static JarFile jar;

    @BeforeAll
    static void openJar() throws IOException {
        String name = "taffrail-provider-" + System.getProperty("taffrail.version") + ".jar";
        jar = new JarFile(PROVIDER.resolve("target").resolve(name).toFile());
    }

    @AfterAll
    static void closeJar() throws IOException {
        jar.close();
    }

    @Test
    void dependsOnTheJmsApiAndSlf4jAlone()
            throws IOException, ParserConfigurationException, SAXException {
        NodeList dependencies =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(PROVIDER.resolve("dependency-reduced-pom.xml").toFile())
                        .getElementsByTagName("dependency");

        Set<String> reachApplications = new TreeSet<>();
        for (int i = 0; i < dependencies.getLength(); i++) {
            Element dependency = (Element) dependencies.item(i);
            String scope = textOf(dependency, "scope");
            if (!scope.equals("test")) {
                reachApplications.add(textOf(dependency, "artifactId") + " " + scope);
            }
        }

        assertEquals(Set.of("jakarta.jms-api compile", "slf4j-api compile"), reachApplications);
    }

    @Test
    void holdsNothingButItselfAndWire() {
        Set<String> packages =
                entries().stream()
                        .filter(name -> name.endsWith(".class"))
                        .map(ProviderJarIT::topPackage)
                        .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(
                Set.of("org/taffrail/jms", "org/taffrail/link", "org/taffrail/wire"), packages);
    }

    @Test
    void carriesItsLicenceAndNothingElseOfTheBuild() {
        Set<String> meta =
                entries().stream()
                        .filter(name -> name.startsWith("META-INF/"))
                        .filter(name -> !name.endsWith("/"))
                        .filter(name -> !name.startsWith("META-INF/services/org.taffrail."))
                        .filter(name -> !name.startsWith("META-INF/services/jakarta.jms."))
                        .filter(name -> !name.startsWith("META-INF/native-image/org.taffrail/"))
                        .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(Set.of("META-INF/LICENSE", "META-INF/MANIFEST.MF"), meta);
    }

    @Test
    void hasAModuleNameOfItsOwn() throws IOException {
        Attributes manifest = jar.getManifest().getMainAttributes();

        assertEquals("org.taffrail.provider", manifest.getValue("Automatic-Module-Name"));
        assertEquals(
                System.getProperty("taffrail.version"),
                manifest.getValue(Attributes.Name.IMPLEMENTATION_VERSION));
    }

    private static List<String> entries() {
        return jar.stream().map(JarEntry::getName).toList();
    }

    private static String topPackage(String name) {
        String[] parts = name.split("/");
        return parts.length < 4 ? name : String.join("/", parts[0], parts[1], parts[2]);
    }

    private static String textOf(Element parent, String tag) {
        NodeList found = parent.getElementsByTagName(tag);
        return found.getLength() == 0 ? "compile" : found.item(0).getTextContent().trim();
    }
}
