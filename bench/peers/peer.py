"""The other side of npm run bench:engine: solves the bench's tasks with PyPortfolioOpt and skfolio.

Reads one request a line and answers each with one line of JSON. A request names a task, the folder
with the matrices (float64, row-major) and how long to repeat it; only the library's own call is timed,
as its documentation shows it, with its own settings.
"""

import importlib.metadata
import json
import os
import sys
import time
import warnings

warnings.filterwarnings("ignore")
RISK_FREE = 0.02
PERIODS = 252


class Data:
    """What the bench wrote, as the libraries like it; made before the clock starts."""

    def __init__(self, folder):
        import numpy as np
        import pandas as pd

        self.default_failed = False
        read = lambda name: np.fromfile(os.path.join(folder, name + ".f64"))
        self.mean_array = read("mean")
        n = len(self.mean_array)
        names = [f"A{i}" for i in range(n)]
        self.mean = pd.Series(self.mean_array, index=names)
        self.covariance = pd.DataFrame(read("covariance").reshape(n, n), index=names, columns=names)
        self.returns = pd.DataFrame(read("returns").reshape(-1, n), columns=names)


def minimum_variance(data):
    from pypfopt import EfficientFrontier

    return list(EfficientFrontier(data.mean, data.covariance).min_volatility().values())


def maximum_sharpe(data):
    from pypfopt import EfficientFrontier

    # The default solver gives up on large problems; its message says to use a different one.
    solver = "CLARABEL" if data.default_failed else None
    frontier = EfficientFrontier(data.mean, data.covariance, solver=solver)
    return list(frontier.max_sharpe(risk_free_rate=RISK_FREE).values())


def ledoit_wolf(data):
    from pypfopt.risk_models import CovarianceShrinkage

    shrinkage = CovarianceShrinkage(data.returns, returns_data=True, frequency=PERIODS)
    return shrinkage.ledoit_wolf().to_numpy().ravel()


def hierarchical_single(data):
    from pypfopt import HRPOpt

    weights = HRPOpt(data.returns).optimize(linkage_method="single")
    return [weights[name] for name in data.returns.columns]


def hierarchical_ward(data):
    from skfolio.optimization import HierarchicalRiskParity

    return HierarchicalRiskParity().fit(data.returns).weights_


def risk_parity(data):
    from skfolio.optimization import RiskBudgeting

    return RiskBudgeting().fit(data.returns).weights_


def minimum_cvar(data):
    from skfolio import RiskMeasure
    from skfolio.optimization import MeanRisk

    return MeanRisk(risk_measure=RiskMeasure.CVAR).fit(data.returns).weights_


def walk_forward(data, train):
    from skfolio.model_selection import WalkForward, cross_val_predict
    from skfolio.optimization import MeanRisk

    splits = WalkForward(train_size=train, test_size=21)
    path = cross_val_predict(MeanRisk(), data.returns, cv=splits)
    return [weight for portfolio in path for weight in portfolio.weights]


TASKS = {
    "minimum-variance": minimum_variance,
    "maximum-sharpe": maximum_sharpe,
    "ledoit-wolf": ledoit_wolf,
    "hierarchical-single": hierarchical_single,
    "hierarchical-ward": hierarchical_ward,
    "risk-parity": risk_parity,
    "minimum-cvar": minimum_cvar,
    "walk-forward-year": lambda data: walk_forward(data, 252),
    "walk-forward-five-years": lambda data: walk_forward(data, 1260),
}


def measured(task, data, seconds, warm):
    """Milliseconds of each call; the first is not counted when there is time to warm up."""
    answer = task(data) if warm else None
    times = []
    began = time.perf_counter()
    while not times or (len(times) < 200 and time.perf_counter() - began < seconds):
        before = time.perf_counter()
        answer = task(data)
        times.append(1000 * (time.perf_counter() - before))
    return times, answer


def version(package):
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def say(answer):
    # A library may print to standard output; answers go to the pipe that was kept aside.
    pipe.write(json.dumps(answer) + "\n")
    pipe.flush()


pipe = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
say({
    "python": sys.version.split()[0],
    "versions": {name: version(name) for name in ("PyPortfolioOpt", "skfolio", "cvxpy")},
})
for line in sys.stdin:
    request = json.loads(line)
    try:
        data = Data(request["folder"])
        task = TASKS[request["task"]]
        try:
            times, answer = measured(task, data, request["seconds"], request["warm"])
        except Exception as error:
            if request["task"] != "maximum-sharpe":
                raise
            data.default_failed = str(error)
            times, answer = measured(task, data, request["seconds"], request["warm"])
        answer = [float(value) for value in answer]
        say({"times": times, "answer": answer, "defaultFailed": bool(data.default_failed)})
    except Exception as error:  # what a library cannot solve is a result too
        say({"failure": f"{type(error).__name__}: {error}"[:300]})
