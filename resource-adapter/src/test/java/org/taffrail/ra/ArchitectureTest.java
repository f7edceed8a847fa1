// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;

/** The layers of the adapter: its beans, and below them the two directions, apart. */
class ArchitectureTest {
    private static final String[] GIVEN = {
        "java..",
        "javax.naming..",
        "javax.security.auth..",
        "javax.transaction.xa..",
        "jakarta.jms..",
        "jakarta.resource..",
        "org.slf4j..",
        "org.taffrail.jms"
    };

    private final JavaClasses adapter =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .withImportOption(new ImportOption.DoNotIncludeJars())
                    .importPackages("org.taffrail.ra");

    private void assertSees(String layer, String because, String... more) {
        classes()
                .that()
                .resideInAPackage(layer)
                .should()
                .onlyDependOnClassesThat(
                        com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage(
                                        GIVEN)
                                .or(
                                        com.tngtech.archunit.core.domain.JavaClass.Predicates
                                                .resideInAnyPackage(more)))
                .because(because)
                .check(adapter);
    }

    @Test
    void theDirectionsKnowNeitherEachOtherNorTheBeans() {
        assertSees("org.taffrail.ra.inbound", "delivery has no pool", "org.taffrail.ra.inbound");
        assertSees("org.taffrail.ra.outbound", "a pool has no beans", "org.taffrail.ra.outbound");
    }

    @Test
    void theBeansKnowTheProviderByWhatItOffersToEverybody() {
        assertSees(
                "org.taffrail.ra",
                "the adapter is a client of the provider like others",
                "org.taffrail.ra..");
    }
}
