// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.resource.spi.InvalidPropertyException;

import org.junit.jupiter.api.Test;

import java.beans.FeatureDescriptor;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Which properties of an activation make no sense together. */
class ActivationSpecTest {
    private static void assertWrong(
            List<String> properties, Consumer<TaffrailActivationSpec> change) {
        TaffrailActivationSpec spec = AdapterFixture.topic("prices");
        change.accept(spec);
        InvalidPropertyException refusal =
                assertThrows(InvalidPropertyException.class, spec::validate);
        assertEquals(
                properties,
                Arrays.stream(refusal.getInvalidPropertyDescriptors())
                        .map(FeatureDescriptor::getName)
                        .toList(),
                refusal::getMessage);
    }

    private static void assertRight(Consumer<TaffrailActivationSpec> change) {
        TaffrailActivationSpec spec = AdapterFixture.topic("prices");
        change.accept(spec);
        assertDoesNotThrow(spec::validate);
    }

    @Test
    void aDestinationIsNamedOrLookedUp() {
        assertWrong(List.of("destination"), spec -> spec.setDestination(null));
        assertWrong(List.of("destinationType"), spec -> spec.setDestinationType(null));
        assertWrong(List.of("destinationType"), spec -> spec.setDestinationType("Queue"));
        assertWrong(List.of("destination"), spec -> spec.setDestination("?start=earliest"));
        assertRight(
                spec -> {
                    spec.setDestinationType(null);
                    spec.setDestinationLookup("jms/prices");
                });
        assertRight(
                spec -> {
                    spec.setDestinationType(null);
                    spec.setDestination("java:/jms/prices");
                });
    }

    @Test
    void aSubscriptionHasTheNamesThatItNeeds() {
        assertWrong(
                List.of("subscriptionName", "clientId"),
                spec -> spec.setSubscriptionDurability("Durable"));
        assertWrong(
                List.of("subscriptionDurability"), spec -> spec.setSubscriptionDurability("Long"));
        assertWrong(List.of("subscriptionName"), spec -> spec.setShareSubscriptions(true));
        assertWrong(
                List.of("maxSession"),
                spec -> {
                    spec.setSubscriptionDurability("Durable");
                    spec.setSubscriptionName("watch");
                    spec.setClientId("harbour");
                    spec.setMaxSessions(2);
                });
        assertRight(
                spec -> {
                    spec.setSubscriptionDurability("Durable");
                    spec.setSubscriptionName("watch");
                    spec.setShareSubscriptions(true);
                });
    }

    @Test
    void aQueueHasNoSubscription() {
        TaffrailActivationSpec spec = AdapterFixture.queue("orders");
        spec.setSubscriptionDurability("Durable");
        spec.setSubscriptionName("watch");
        spec.setShareSubscriptions(true);
        InvalidPropertyException refusal =
                assertThrows(InvalidPropertyException.class, spec::validate);
        assertEquals(2, refusal.getInvalidPropertyDescriptors().length);
    }

    @Test
    void numbersAndWordsHaveBounds() {
        assertWrong(List.of("maxSession"), spec -> spec.setMaxSession(0));
        assertWrong(List.of("maxSession"), spec -> spec.setMaxSession(1001));
        assertWrong(List.of("prefetch"), spec -> spec.setPrefetch(-1));
        assertWrong(
                List.of("initialReconnectDelayMs"), spec -> spec.setInitialReconnectDelayMs(0L));
        assertWrong(
                List.of("maxReconnectDelayMs"), spec -> spec.setMaxReconnectDelayMs(3_600_001L));
        assertWrong(List.of("acknowledgeMode"), spec -> spec.setAcknowledgeMode("Client"));
        assertRight(spec -> spec.setAcknowledgeMode("AUTO_ACKNOWLEDGE"));
    }

    @Test
    void aBrokerIsOneThatIsUnderstood() {
        assertWrong(
                List.of("brokerUrl"),
                spec -> spec.setBrokerUrl("taffrail://localhost?jms.prefetsch=1"));
        assertWrong(
                List.of("connectionFactoryLookup"),
                spec -> {
                    spec.setBrokerUrl("taffrail://localhost");
                    spec.setConnectionFactoryLookup("jms/ConnectionFactory");
                });
    }
}
