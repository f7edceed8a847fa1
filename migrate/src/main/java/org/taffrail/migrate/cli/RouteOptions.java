// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.cli;

import org.taffrail.migrate.bridge.Route;
import org.taffrail.migrate.message.Address;

import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which queues and topics. */
final class RouteOptions {
    @Option(
            names = "--queue",
            paramLabel = "NAME[=TO]",
            description = "a queue, and what it is called at the other provider; repeatable")
    private List<String> queues = new ArrayList<>();

    @Option(
            names = "--topic",
            paramLabel = "NAME[=TO]",
            description =
                    "a topic: what is published from now on, taken by a durable subscription;"
                            + " repeatable. NAME?start=earliest begins with what a Taffrail broker"
                            + " has retained")
    private List<String> topics = new ArrayList<>();

    private RouteOptions() {}

    /**
     * Returns the routes.
     *
     * @throws IllegalArgumentException if there are none, one is wrong, or two have the same end
     */
    List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        queues.forEach(text -> routes.add(Route.parse(Address.Kind.QUEUE, text)));
        topics.forEach(text -> routes.add(Route.parse(Address.Kind.TOPIC, text)));
        if (routes.isEmpty()) {
            throw new IllegalArgumentException("no --queue and no --topic: nothing to carry");
        }
        Set<Address> ends = new HashSet<>();
        for (Route route : routes) {
            if (!ends.add(route.to())) {
                throw new IllegalArgumentException("two links into " + route.to());
            }
        }
        return routes;
    }
}
