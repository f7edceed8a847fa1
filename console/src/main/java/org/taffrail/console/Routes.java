// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console;

import org.taffrail.broker.cli.Json;
import org.taffrail.console.api.Api;
import org.taffrail.console.health.Health;
import org.taffrail.console.http.Answer;
import org.taffrail.console.http.Handler;
import org.taffrail.console.http.Refusal;
import org.taffrail.console.http.Request;

/** Which path leads where. A path is compared as a whole: no file is ever looked for by it. */
final class Routes implements Handler {
    private static final int OK = 200;

    private final Health health;
    private final Handler metrics;
    private final Handler api;
    private final Handler page;

    Routes(Health health, Handler metrics, Handler api, Handler page) {
        this.api = api;
        this.page = page;
        this.health = health;
        this.metrics = metrics;
    }

    @Override
    public Answer handle(Request request) throws InterruptedException {
        switch (request.path()) {
            case "/health/live":
                return state(health.live());
            case "/health/ready":
                return state(health.ready());
            case "/metrics":
                return metrics.handle(request);
            default:
                if (request.path().startsWith(Api.PREFIX)) {
                    return api.handle(request);
                }
                return page.handle(request);
        }
    }

    private static Answer state(Health.State state) {
        return Answer.json(
                state.well() ? OK : Refusal.UNAVAILABLE,
                Json.object().put("state", state.state()).toString());
    }
}
