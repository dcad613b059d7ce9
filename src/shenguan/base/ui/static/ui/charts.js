/* Draws the charts of a page from the JSON beside them. Without JavaScript the data table says the same. */
"use strict";
(() => {
  const charts = [];
  for (const box of document.querySelectorAll("[data-chart=trend]")) {
    const points = JSON.parse(document.getElementById(box.dataset.source).textContent);
    const chart = echarts.init(box, null, { renderer: "svg" });
    chart.setOption({
      animation: false,
      aria: { enabled: true },
      grid: { left: 56, right: 16, top: 20, bottom: 28 },
      tooltip: { trigger: "axis", renderMode: "richText" },
      xAxis: { type: "category", data: points.months },
      yAxis: { type: "value", scale: true },
      series: [{ name: box.dataset.name, type: "line", data: points.values, symbolSize: 7, color: "#0b4f8a", lineStyle: { width: 2 } }],
    });
    charts.push(chart);
  }
  addEventListener("resize", () => charts.forEach((chart) => chart.resize()));
})();
