// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.api;

import org.taffrail.broker.cli.Json;
import org.taffrail.console.http.Refusal;
import org.taffrail.console.http.Request;
import org.taffrail.console.visit.Visit;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.frame.ManageOperation;
import org.taffrail.wire.record.DestinationKind;

import java.util.Set;

/** Looks at one thing as it is now: a destination, its consumers, what they hold. */
final class Lookups {
    private static final Set<String> DESTINATION = Set.of("kind", "name");
    private static final Set<String> CONSUMERS = Set.of("kind", "name", "group", "after");
    private static final Set<String> HELD =
            Set.of("kind", "name", "group", "connection", "consumer", "after");

    private Lookups() {}

    static Fields requireDestination(Visit visit, DestinationKind kind, String name)
            throws InterruptedException {
        return visit.one(
                ManageOperation.DESTINATIONS,
                new Fields.Builder()
                        .put("kind", kind.isQueue() ? "queue" : "topic")
                        .put("name", name)
                        .build());
    }

    /** A destination with the first of its groups, and a queue's consumers. */
    static Json destination(Visit visit, Request request) throws InterruptedException {
        Arguments arguments = Arguments.of(request, DESTINATION);
        Fields about = Changes.about(arguments).build();
        Json destination = Json.of(visit.one(ManageOperation.DESTINATIONS, about));
        BrokerFrame.Managed groups = visit.page(ManageOperation.GROUPS, about);
        destination.put("groupList", Json.list(groups.rows()));
        if (arguments.kind().equals("queue")) {
            BrokerFrame.Managed consumers = visit.page(ManageOperation.CONSUMERS, about);
            destination.put("consumerList", Json.list(consumers.rows()));
            destination.put("consumersNext", consumers.next());
        }
        return destination.put("groupsNext", groups.next());
    }

    static Json groups(Visit visit, Request request) throws InterruptedException {
        Arguments arguments = Arguments.of(request, Set.of("kind", "name", "after"));
        return page(
                "groups",
                visit.page(
                        ManageOperation.GROUPS,
                        Changes.about(arguments).put("after", arguments.text("after")).build()));
    }

    /** Who consumes, and how many messages each holds. */
    static Json consumers(Visit visit, Request request) throws InterruptedException {
        Arguments arguments = Arguments.of(request, CONSUMERS);
        Fields.Builder fields = Changes.about(arguments).put("after", arguments.text("after"));
        if (arguments.has("group")) {
            fields.put("group", arguments.number("group", 0, 0, Long.MAX_VALUE));
        }
        return page("consumers", visit.page(ManageOperation.CONSUMERS, fields.build()));
    }

    /** Which messages a consumer holds, those first that it has held for longest. */
    static Json held(Visit visit, Request request) throws InterruptedException {
        Arguments arguments = Arguments.of(request, HELD);
        if (!arguments.has("consumer")) {
            throw new Refusal(Refusal.BAD_REQUEST, "'consumer' is missing");
        }
        Fields.Builder fields =
                Changes.about(arguments)
                        .put("after", arguments.text("after"))
                        .put("group", arguments.number("group", 0, 0, Long.MAX_VALUE))
                        .put("connection", arguments.number("connection", 0, 0, Long.MAX_VALUE))
                        .put("consumer", arguments.number("consumer", 0, 0, Integer.MAX_VALUE));
        return page("held", visit.page(ManageOperation.HELD, fields.build()));
    }

    private static Json page(String name, BrokerFrame.Managed page) {
        return Json.object().put(name, Json.list(page.rows())).put("next", page.next());
    }
}
