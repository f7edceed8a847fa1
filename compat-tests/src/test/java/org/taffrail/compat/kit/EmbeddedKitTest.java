// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.kit;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import jakarta.jms.ConnectionFactory;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.taffrail.compat.checks.Catalogue;
import org.taffrail.jms.TaffrailConnectionFactory;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * Checks on Taffrail in this JVM, for those who write them: {@code -Dtaffrail.check=Part.of.an.id}
 * runs some, and {@code -Dtaffrail.check=.} all. Without it nothing: {@code KitIT} runs them.
 */
@EnabledIfSystemProperty(named = "taffrail.check", matches = ".+")
class EmbeddedKitTest {
    private static final Scene.Timing TIMING = new Scene.Timing(20_000, 150);

    private static final Provider TAFFRAIL =
            new Provider() {
                private final ConnectionFactory factory =
                        new TaffrailConnectionFactory("taffrail:embedded?name=kit");

                @Override
                public ConnectionFactory connectionFactory() {
                    return factory;
                }

                @Override
                public Optional<String> setting(String key) {
                    return Optional.empty();
                }

                @Override
                public void restart(boolean orderly) {
                    throw new UnsupportedFacilityException("a broker in this JVM is not restarted");
                }
            };

    @TestFactory
    Stream<DynamicTest> behavesAsTheSpecificationSays() {
        String wanted = System.getProperty("taffrail.check", "");
        return CheckCase.of(Catalogue.CHAPTERS).stream()
                .filter(each -> each.id().contains(wanted) && !each.check().restarts())
                .map(each -> dynamicTest(each.id(), () -> run(each)));
    }

    private static void run(CheckCase each) throws Throwable {
        try (Scene scene = new Scene(TAFFRAIL, TIMING, "kit." + each.id())) {
            each.run(scene);
        } catch (UnsupportedFacilityException e) {
            abort(e.getMessage());
        }
    }
}
