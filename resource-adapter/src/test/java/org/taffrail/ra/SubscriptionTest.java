// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Beans that subscribe to topics. */
class SubscriptionTest extends AdapterFixture {
    @Test
    void severalSessionsOfOneBeanHearEachMessageOnce() throws Exception {
        adapter.endpointActivation(hearing(true), topic("prices"));
        awaitSubscribers("prices", "probe");

        send(context.createTopic("prices"), "1", "2", "3", "4");

        awaitHeard("1", "2", "3", "4");
    }

    @Test
    void eachBeanHearsAll() throws Exception {
        List<String> other = new CopyOnWriteArrayList<>();
        adapter.endpointActivation(
                new FakeBeans(true, message -> other.add(text(message))), topic("prices"));
        await().until(
                        () -> {
                            send(context.createTopic("prices"), "probe");
                            return !other.isEmpty();
                        });
        adapter.endpointActivation(hearing(true), topic("prices"));
        awaitSubscribers("prices", "probe");

        send(context.createTopic("prices"), "1", "2");

        awaitHeard("1", "2");
        await().until(() -> other.containsAll(List.of("1", "2")));
    }

    @Test
    void aDurableSubscriptionKeepsWhatComesWhileTheBeanIsAway() throws Exception {
        TaffrailActivationSpec spec = topic("prices");
        spec.setSubscriptionDurability("Durable");
        spec.setSubscriptionName("watch");
        spec.setClientId("harbour");
        FakeBeans beans = hearing(true);
        adapter.endpointActivation(beans, spec);
        await().until(
                        () -> {
                            send(context.createTopic("prices"), "probe");
                            return !heard.isEmpty();
                        });
        adapter.endpointDeactivation(beans, spec);
        heard.clear();
        send(context.createTopic("prices"), "1", "2");

        adapter.endpointActivation(hearing(true), spec);

        await().until(() -> heard.containsAll(List.of("1", "2")));
    }

    @Test
    void aSharedDurableSubscriptionGivesEachMessageToOne() throws Exception {
        TaffrailActivationSpec spec = topic("prices");
        spec.setSubscriptionDurability("Durable");
        spec.setSubscriptionName("watch");
        spec.setShareSubscriptions(true);
        adapter.endpointActivation(hearing(true), spec);
        await().until(
                        () -> {
                            send(context.createTopic("prices"), "probe");
                            return !heard.isEmpty();
                        });
        adapter.endpointActivation(hearing(false), spec);
        await().untilAsserted(() -> assertEquals(0, subscribedLag()));
        heard.clear();

        send(context.createTopic("prices"), "1", "2", "3", "4", "5", "6");

        await().until(() -> heard.size() >= 6);
        assertEquals(List.of("1", "2", "3", "4", "5", "6"), sorted(heard));
    }

    /** Returns how many probes are still to be heard: each was sent before this was asked. */
    private int subscribedLag() {
        int before = heard.size();
        send(context.createTopic("prices"), "last");
        await().until(() -> heard.contains("last"));
        return heard.size() - before > 1 ? 1 : 0;
    }
}
