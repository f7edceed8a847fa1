// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The headers, which are written by hand, say what the classes of a jar need and what it has. */
class BundleImportsIT {
    @ParameterizedTest
    @ValueSource(strings = {"provider", "provider-javax"})
    void importsAreWhatItsClassesNameAndExportsAreThere(String module) throws IOException {
        String name = "taffrail-" + module + "-" + System.getProperty("taffrail.version") + ".jar";
        Path file = Path.of(System.getProperty("taffrail.root"), module, "target", name);
        try (JarFile jar = new JarFile(file.toFile())) {
            JavaClasses classes = new ClassFileImporter().importJar(jar);
            Set<String> own =
                    classes.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
            Set<String> needed =
                    classes.stream()
                            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                            .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                            .map(JavaClass::getPackageName)
                            .filter(found -> !found.isEmpty() && !found.startsWith("java."))
                            .filter(found -> !own.contains(found))
                            .collect(Collectors.toCollection(TreeSet::new));
            Set<String> exported = packages(jar, "Export-Package");

            assertEquals(needed, packages(jar, "Import-Package"));
            assertFalse(exported.isEmpty());
            assertEquals(Set.of(), hidden(classes, own, exported), "visible, of hidden packages");
            exported.removeAll(own);
            assertEquals(Set.of(), exported, "exported and not there");
        }
    }

    /** What public methods of the provider's own classes name and no other bundle can see. */
    private static Set<String> hidden(JavaClasses all, Set<String> own, Set<String> exported) {
        return all.stream()
                .filter(type -> exported.contains(type.getPackageName()))
                .filter(type -> !type.getPackageName().contains(".wire"))
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .flatMap(type -> type.getCodeUnits().stream())
                .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
                .flatMap(
                        unit ->
                                Stream.concat(
                                        Stream.of(unit.getRawReturnType()),
                                        unit.getRawParameterTypes().stream()))
                .filter(type -> own.contains(type.getPackageName()))
                .filter(type -> !exported.contains(type.getPackageName()))
                .map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The packages that a header names, without what is said of each. */
    private static Set<String> packages(JarFile jar, String header) throws IOException {
        String value = jar.getManifest().getMainAttributes().getValue(header);
        Stream<String> clauses = Arrays.stream(value.replaceAll("\"[^\"]*\"", "").split(","));
        return clauses.map(clause -> clause.split(";")[0].trim())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
